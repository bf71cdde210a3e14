"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "strategy_strategy",
            "strategy_pillar",
            "strategy_theme",
            "strategy_area",
            "strategy_document",
            "strategy_mandate",
            "strategy_instrument",
            "strategy_safeguard",
            "strategy_markerlevel",
            "strategy_target",
            "strategy_exchangerate",
        )
    ]
