"""Places, inventories, projects and what they are linked to, as statements that take the number of projects."""

from typing import Final

from benchmarks.filling.drawing import drawn, key_of, often, one_of
from benchmarks.filling.words import OBJECTS, OPENINGS, PLACES, SENTENCES, SETTINGS

#: How many places carry the records, the regions they lie in, and how many of them keep records confidential.
COUNTRIES: Final = 200
REGIONS: Final = 8
CONFIDING: Final = 40

MADE: Final = "SELECT * FROM portfolio_project WHERE reference LIKE 'BENCH-%%'"
COUNTRY_IDS: Final = "(SELECT array_agg(id ORDER BY code) FROM places_country WHERE source = 'benchmark')"
REGION_IDS: Final = "(SELECT array_agg(id ORDER BY code) FROM places_region WHERE source = 'benchmark')"
ENTITY_IDS: Final = "(SELECT array_agg(id ORDER BY code) FROM members_entity)"
MEMBER_IDS: Final = "(SELECT array_agg(id ORDER BY code) FROM members_entity WHERE role = 'member')"
MANDATE_IDS: Final = "(SELECT array_agg(id ORDER BY code) FROM strategy_mandate)"
THEME_IDS: Final = "(SELECT array_agg(id ORDER BY code) FROM strategy_theme)"

_PLACES = f"""
INSERT INTO places_region (code, name, fictional, position, source, source_kind, note)
SELECT 'BENCH' || n, 'Region ' || n, true, 900 + n, 'benchmark', 'public', '' FROM generate_series(1, {REGIONS}) AS n;
INSERT INTO places_country (code, iso2, name, region_id, m49, standing, source, source_kind, note)
SELECT 'Q' || chr(77 + n / 26) || chr(65 + n %% 26), '', {one_of(PLACES, "n", 1)} || ' ' || n,
       {REGION_IDS}[1 + n %% {REGIONS}], '', 'fictional', 'benchmark', 'public', ''
FROM generate_series(0, {COUNTRIES - 1}) AS n
"""

_INVENTORIES = """
INSERT INTO portfolio_inventory (key, title, as_of, provenance, source)
VALUES ('bench-before', 'Before', '2018-12-31', 'illustrative', 'benchmark'),
       ('bench', 'Now', '2019-12-31', 'illustrative', 'benchmark');
UPDATE portfolio_inventory SET previous_id = (SELECT id FROM portfolio_inventory WHERE key = 'bench-before')
WHERE key = 'bench'
"""

_PROJECTS = f"""
WITH lists AS (
    SELECT {MEMBER_IDS} AS members, {COUNTRY_IDS} AS countries,
           (SELECT array_agg(id ORDER BY position) FROM strategy_pillar) AS pillars,
           (SELECT array_agg(id ORDER BY code) FROM portfolio_programme) AS programmes,
           (SELECT array_agg(id ORDER BY code) FROM members_workinggroup) AS working_groups
), drawn AS (
    SELECT n, {one_of(["global", *["regional"] * 3, *["national"] * 5, ""], "n", 2)} AS scope,
           {one_of(["ongoing"] * 5 + ["completed"] * 2 + ["in_development", "awaiting_funding", "cancelled"], "n", 3)}
               AS status,
           {one_of(["public"] * 14 + ["compact"] * 5 + ["restricted"], "n", 4)} AS level,
           {one_of(["USD"] * 8 + ["EUR", "CHF"], "n", 5)} AS currency,
           CASE WHEN {often(95, "n", 6)} THEN 1000 * (20 + {drawn("n", 7, 5000)}) END AS budget,
           {drawn("n", 8, 120)} AS funded,
           DATE '2015-01-01' + {drawn("n", 9, 1800)} AS starts_on,
           (ARRAY['recommendation', 'request', 'mandate', ''])[1 + {drawn("n", 12, 4)}] AS origin
    FROM generate_series(1, %(projects)s) AS n
)
INSERT INTO portfolio_project (public_id, version, provenance, scope, status, pillar_id, currency, budget, budget_usd,
    funding, funding_usd, level, state_id, reference, title, description, language, lead_entity_id, programme_id,
    working_group_id, origin, origin_note, starts_on, ends_on)
SELECT lpad(to_hex(n), 16, '0'), 1, 'illustrative', scope, status,
       CASE WHEN {often(96, "n", 13)} THEN {key_of("pillars", "n", 14)} END, currency, budget,
       budget * CASE currency WHEN 'USD' THEN 1 ELSE 1.1 END,
       CASE WHEN funded < 112 THEN budget * funded / 100 END,
       CASE WHEN funded < 112 THEN budget * funded / 100 END * CASE currency WHEN 'USD' THEN 1 ELSE 1.1 END,
       level, CASE WHEN level = 'restricted' THEN countries[1 + {drawn("n", 15, CONFIDING)}] END, 'BENCH-' || n,
       {one_of(OPENINGS, "n", 16)} || ' ' || {one_of(OBJECTS, "n", 17)} || ' ' || {one_of(SETTINGS, "n", 18)},
       {one_of(SENTENCES, "n", 19)} || ' ' || {one_of(SENTENCES, "n", 20)} || ' ' || {one_of(SENTENCES, "n", 21)},
       'en', {key_of("members", "n", 22)},
       CASE WHEN {often(30, "n", 23)} THEN {key_of("programmes", "n", 24)} END,
       CASE WHEN {often(40, "n", 25)} THEN {key_of("working_groups", "n", 26)} END,
       origin, '', CASE WHEN {often(92, "n", 27)} THEN starts_on END,
       CASE WHEN {often(88, "n", 28)} THEN starts_on + 180 + {drawn("n", 29, 1400)} END
FROM drawn, lists
"""

#: A third of the projects are new; of those carried over, some had another status or less money the time before.
_ENTRIES = f"""
INSERT INTO portfolio_inventoryentry (inventory_id, project_id, scope, status, pillar_id, currency, budget, budget_usd,
    funding, funding_usd)
SELECT inventory.id, p.id, p.scope,
       CASE WHEN inventory.key = 'bench-before' AND {often(15, "p.id", 40)} THEN 'in_development' ELSE p.status END,
       p.pillar_id, p.currency, p.budget, p.budget_usd,
       p.funding * CASE inventory.key WHEN 'bench' THEN 1 ELSE 0.5 END,
       p.funding_usd * CASE inventory.key WHEN 'bench' THEN 1 ELSE 0.5 END
FROM ({MADE}) AS p
JOIN portfolio_inventory AS inventory
  ON inventory.key = 'bench' OR (inventory.key = 'bench-before' AND NOT {often(33, "p.id", 41)})
"""

#: National projects name one State, regional ones two to five and their region, others none or one.
_PLACES_OF_PROJECTS = f"""
WITH lists AS (SELECT {COUNTRY_IDS} AS countries, {REGION_IDS} AS regions)
INSERT INTO portfolio_projectcountry (project_id, country_id)
SELECT p.id, CASE WHEN k = 1 AND p.state_id IS NOT NULL THEN p.state_id
                  ELSE countries[1 + {drawn("p.id * 8 + k", 50, COUNTRIES)}] END
FROM ({MADE}) AS p, lists, generate_series(1, 5) AS k
WHERE k <= CASE p.scope WHEN 'national' THEN 1 WHEN 'regional' THEN 2 + {drawn("p.id", 51, 4)}
                        WHEN 'global' THEN 0 ELSE {drawn("p.id", 52, 2)} END
   OR (k = 1 AND p.state_id IS NOT NULL)
ON CONFLICT DO NOTHING;
WITH lists AS (SELECT {REGION_IDS} AS regions)
INSERT INTO portfolio_projectregion (project_id, region_id)
SELECT p.id, {key_of("regions", "p.id", 53)} FROM ({MADE}) AS p, lists WHERE p.scope = 'regional'
"""


def _links(table: str, column: str, ids: str, salt: int, least: int, most: int) -> str:
    """Between ``least`` and ``most`` links of every project to what ``ids`` lists."""
    return f"""
    WITH lists AS (SELECT {ids} AS ids)
    INSERT INTO portfolio_{table} (project_id, {column})
    SELECT DISTINCT p.id, {key_of("ids", "p.id * 8 + k", salt)}
    FROM ({MADE}) AS p, lists, generate_series(1, {least} + {drawn("p.id", salt + 1, most - least + 1)}) AS k
    """


_PARTNERS = f"""
WITH lists AS (SELECT {ENTITY_IDS} AS ids)
INSERT INTO portfolio_projectpartner (project_id, entity_id, name, role)
SELECT p.id, entity.id, entity.name,
       (ARRAY['implementing', 'implementing', 'funding', 'extending'])[1 + {drawn("p.id + k", 64, 4)}]
FROM ({MADE}) AS p, lists, generate_series(1, {drawn("p.id", 65, 4)}) AS k
JOIN LATERAL (SELECT id, name FROM members_entity WHERE id = {key_of("lists.ids", "p.id * 8 + k", 66)}) AS entity
  ON true
"""

_MANDATES = f"""
WITH lists AS (SELECT {MANDATE_IDS} AS ids)
INSERT INTO portfolio_projectmandate (project_id, mandate_id, paragraph)
SELECT DISTINCT p.id, {key_of("ids", "p.id * 8 + k", 70)}, ''
FROM ({MADE}) AS p, lists, generate_series(1, {drawn("p.id", 71, 4)}) AS k
"""

_MARKERS = f"""
INSERT INTO portfolio_projectmarker (project_id, marker, score, justification)
SELECT p.id, marker, {drawn("p.id", 72, 4)}::smallint, ''
FROM ({MADE}) AS p, unnest(ARRAY['gender', 'youth', 'human_rights']) AS marker
WHERE marker = 'gender' AND {often(85, "p.id", 73)} OR marker <> 'gender' AND {often(20, "p.id", 74)}
"""

STATEMENTS: Final = (
    _PLACES,
    _INVENTORIES,
    _PROJECTS,
    _ENTRIES,
    _PLACES_OF_PROJECTS,
    _links("projectarea", "area_id", "(SELECT array_agg(id ORDER BY code) FROM strategy_area)", 60, 1, 2),
    _links("projecttheme", "theme_id", THEME_IDS, 62, 1, 2),
    _PARTNERS,
    _MANDATES,
    _MARKERS,
)
