"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "portfolio_programme_partners",
            "portfolio_programme_themes",
            "portfolio_programme_countries",
            "portfolio_programme_regions",
            "portfolio_programme_mandates",
            "portfolio_programme",
            "portfolio_project_named_entities",
            "portfolio_project",
            "portfolio_projectpartner",
            "portfolio_projectpillar",
            "portfolio_projectarea",
            "portfolio_projecttheme",
            "portfolio_projectcountry",
            "portfolio_projectregion",
            "portfolio_projectmandate",
            "portfolio_projectmarker",
            "portfolio_projectsafeguard",
            "portfolio_referencecode",
            "portfolio_mappedfact",
            "portfolio_inventory",
            "portfolio_inventoryentry",
        )
    ]
