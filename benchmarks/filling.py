"""A registry of any size, made by set-based SQL from the lists of the loaded pack. Nothing in it is meant to read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections

from colonnade.config.database import configure_databases, connect_settings, temporary_database
from colonnade.config.tables import bring_up_to_date
from colonnade.core.actor import COMMAND_LINE
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack

#: Every project has one pillar, entity, scope and status by a fixed hash of its number, two areas and two countries.
_STATEMENTS = (
    """
    INSERT INTO portfolio_inventory (key, title, as_of, provenance, source)
    VALUES ('bench-before', 'Before', '2018-12-31', 'illustrative', 'benchmark'),
           ('bench', 'Now', '2019-12-31', 'illustrative', 'benchmark')
    """,
    "UPDATE portfolio_inventory SET previous_id = (SELECT id FROM portfolio_inventory WHERE key = 'bench-before')"
    " WHERE key = 'bench'",
    """
    INSERT INTO places_region (code, name, fictional, position, source, source_kind, note)
    VALUES ('BENCH', 'Bench', true, 999, 'benchmark', 'public', '');
    INSERT INTO places_country (code, iso2, name, region_id, m49, standing, source, source_kind, note)
    SELECT 'Q' || chr(77 + n / 26) || chr(65 + n %% 26), '', 'Country ' || n,
           (SELECT id FROM places_region WHERE code = 'BENCH'), '', 'fictional', 'benchmark', 'public', ''
    FROM generate_series(0, 199) AS n
    """,
    """
    INSERT INTO portfolio_project (public_id, version, provenance, scope, status, pillar_id, currency, budget,
        budget_usd, funding, funding_usd, level, reference, title, description, language, lead_entity_id, origin,
        origin_note)
    SELECT lpad(to_hex(n), 16, '0'), 1, 'illustrative',
           (ARRAY['global', 'regional', 'national', ''])[1 + (hashint4(n) & 3)],
           (ARRAY['ongoing', 'ongoing', 'completed', 'in_development'])[1 + ((hashint4(n) >> 2) & 3)],
           (SELECT array_agg(id ORDER BY position) FROM strategy_pillar)[1 + ((hashint4(n) >> 4) & 3)],
           'USD', 1000 * (n %% 5000 + 1), 1000 * (n %% 5000 + 1), 400 * (n %% 5000 + 1), 400 * (n %% 5000 + 1),
           CASE WHEN n %% 4 = 0 THEN 'compact' ELSE 'public' END, 'BENCH-' || n, 'Project ' || n,
           repeat('Words that describe a project. ', 6), 'en',
           (SELECT array_agg(id) FROM members_entity)[1 + n %% (SELECT count(*)::int FROM members_entity)],
           'mandate', ''
    FROM generate_series(1, %(projects)s) AS n
    """,
    """
    INSERT INTO portfolio_inventoryentry (inventory_id, project_id, scope, status, pillar_id, currency, budget,
        budget_usd, funding, funding_usd)
    SELECT inventory.id, p.id, p.scope, p.status, p.pillar_id, p.currency, p.budget, p.budget_usd, p.funding,
           p.funding_usd
    FROM portfolio_project p
    JOIN portfolio_inventory inventory ON inventory.key = 'bench' OR (inventory.key = 'bench-before' AND p.id %% 3 > 0)
    WHERE p.reference LIKE 'BENCH-%%'
    """,
    """
    INSERT INTO portfolio_projectcountry (project_id, country_id)
    SELECT p.id, country.ids[1 + (p.id * k) %% 200]
    FROM portfolio_project p, generate_series(1, 2) AS k,
         (SELECT array_agg(id) AS ids FROM places_country WHERE name LIKE 'Country %%') AS country
    WHERE p.reference LIKE 'BENCH-%%' ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO portfolio_projectarea (project_id, area_id)
    SELECT p.id, area.ids[1 + (p.id + k * 3) %% array_length(area.ids, 1)]
    FROM portfolio_project p, generate_series(1, 2) AS k, (SELECT array_agg(id) AS ids FROM strategy_area) AS area
    WHERE p.reference LIKE 'BENCH-%%' ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO portfolio_projectmarker (project_id, marker, score, justification)
    SELECT id, 'gender', (id %% 4)::smallint, '' FROM portfolio_project WHERE reference LIKE 'BENCH-%%'
    """,
)


@contextmanager
def registry_of(projects: int) -> Iterator[None]:
    """A database of its own with the strategy's pack and ``projects`` projects in the inventory ``bench``."""
    connect_settings()
    with temporary_database("bench") as urls:
        configure_databases(settings.DATABASES, urls)
        try:
            bring_up_to_date()
            load_pack(read_pack(settings.PACK_DIR), actor=COMMAND_LINE)
            with connection.cursor() as cursor:
                for statement in _STATEMENTS:
                    cursor.execute(statement, {"projects": projects})
            yield
        finally:
            for each in connections.all():
                each.close()
