"""The tables that people sign in with are under audit: that a factor was added or removed, when and by whom.

What they hold stays out of the log: secrets, keys, codes, and what a provider says of somebody.
"""

from django.db import migrations

from colonnade.audit.operations import audited, omitted, personal


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_savedview"),
        ("audit", "0004_sealing"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        omitted("mfa_authenticator", "data"),
        omitted("account_emailconfirmation", "key"),
        personal("account_emailaddress", "email", person="user_id"),
        omitted("socialaccount_socialaccount", "extra_data"),
        personal("socialaccount_socialaccount", "uid", person="user_id"),
        omitted("socialaccount_socialapp", "secret", "key", "settings"),
        omitted("socialaccount_socialtoken", "token", "token_secret"),
        audited(
            "mfa_authenticator",
            "account_emailaddress",
            "account_emailconfirmation",
            "socialaccount_socialaccount",
            "socialaccount_socialapp",
            "socialaccount_socialtoken",
        ),
    ]
