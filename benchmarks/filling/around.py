"""What stands around the projects: needs with what responds to them, events, contributions, the appeal.

The statements take the number of needs; events and contributions are as many as fit 10,000 projects.
"""

from typing import Final

from benchmarks.filling.drawing import drawn, key_of, often, one_of
from benchmarks.filling.portfolio import (
    COUNTRIES,
    COUNTRY_IDS,
    MADE,
    MANDATE_IDS,
    MEMBER_IDS,
    THEME_IDS,
)
from benchmarks.filling.words import OBJECTS, OPENINGS, PLACES, SENTENCES, SETTINGS

ASSESSMENTS: Final = 90
EVENTS: Final = 600
CONTRIBUTIONS: Final = 1_500

_ASSESSMENTS = f"""
WITH lists AS (SELECT {COUNTRY_IDS} AS countries, {MEMBER_IDS} AS members),
     visits AS (SELECT n, DATE '2016-01-01' + {drawn("n", 100, 1300)} AS starts_on
                FROM generate_series(1, {ASSESSMENTS}) AS n)
INSERT INTO needs_assessment (public_id, version, provenance, level, kind, starts_on, ends_on, assessor_id, country_id)
SELECT 'a' || lpad(to_hex(n), 15, '0'), 1, 'illustrative', 'compact',
       (ARRAY['visit', 'follow_up', 'desk'])[1 + {drawn("n", 101, 3)}], starts_on, starts_on + 5, members[1],
       countries[1 + n %% 60]
FROM visits, lists
"""

#: Restricted ones belong to States that keep others confidential too; a public one would need a consent.
_NEEDS = f"""
WITH lists AS (SELECT (SELECT array_agg(id ORDER BY id) FROM needs_assessment WHERE provenance = 'illustrative')
                          AS assessments, {THEME_IDS} AS themes),
     drawn AS (SELECT n, {key_of("assessments", "n", 110)} AS assessment_id, {key_of("themes", "n", 111)} AS theme_id,
                      {one_of(["compact"] * 9 + ["restricted"], "n", 112)} AS level
               FROM generate_series(1, %(needs)s) AS n, lists)
INSERT INTO needs_recommendation (public_id, version, provenance, level, reference, title, text, priority, standing,
    addressee, issued_on, assessment_id, country_id, theme_id, pillar_id)
SELECT 'd' || lpad(to_hex(n), 15, '0'), 1, 'illustrative', drawn.level, 'NEED-' || n,
       {one_of(OPENINGS, "n", 113)} || ' ' || {one_of(OBJECTS, "n", 114)} || ' ' || {one_of(SETTINGS, "n", 115)},
       {one_of(SENTENCES, "n", 116)}, (ARRAY['high', 'medium', 'low'])[1 + {drawn("n", 117, 3)}],
       (ARRAY['open', 'open', 'implemented', 'withdrawn'])[1 + {drawn("n", 118, 4)}], 'The Ministry concerned',
       visit.ends_on + 60, visit.id, visit.country_id, theme_id, theme.pillar_id
FROM drawn
JOIN needs_assessment AS visit ON visit.id = assessment_id
JOIN strategy_theme AS theme ON theme.id = theme_id
"""

_MANDATES_OF_NEEDS = f"""
WITH lists AS (SELECT {MANDATE_IDS} AS ids)
INSERT INTO needs_recommendation_mandates (recommendation_id, mandate_id)
SELECT DISTINCT n.id, {key_of("ids", "n.id * 8 + k", 119)}
FROM needs_recommendation AS n, lists, generate_series(1, 1 + {drawn("n.id", 120, 3)}) AS k
"""

_RESPONSES = f"""
WITH lists AS (SELECT {MEMBER_IDS} AS members, (SELECT array_agg(id ORDER BY id) FROM ({MADE}) AS made) AS projects),
     pairs AS (SELECT DISTINCT n.id AS need, {key_of("projects", "n.id * 8 + k", 130)} AS project
               FROM needs_recommendation AS n, lists, generate_series(1, {drawn("n.id", 131, 4)}) AS k),
     drawn AS (SELECT row_number() OVER (ORDER BY need, project)::int AS n, need, project,
                      {one_of(["verified", "verified", "claimed", "contested", "rejected"], "need + project", 132)}
                          AS standing
               FROM pairs)
INSERT INTO needs_response (public_id, version, provenance, strength, standing, evidence, claimed_on, verified_on,
    reason, claimed_by_id, verified_by_id, project_id, recommendation_id)
SELECT 'e' || lpad(to_hex(n), 15, '0'), 1, 'illustrative', (ARRAY['full', 'partial'])[1 + {drawn("n", 133, 2)}],
       standing, {one_of(SENTENCES, "n", 134)}, DATE '2019-03-01',
       CASE standing WHEN 'verified' THEN DATE '2019-06-01' END, '', members[2 + {drawn("n", 135, 20)}],
       CASE standing WHEN 'verified' THEN members[1] END, project, need
FROM drawn, lists
"""

_EVENTS = f"""
WITH lists AS (SELECT {COUNTRY_IDS} AS countries, {MEMBER_IDS} AS members),
     drawn AS (SELECT n, DATE '2017-01-01' + {drawn("n", 140, 1090)} AS starts_on
               FROM generate_series(1, {EVENTS}) AS n)
INSERT INTO results_event (public_id, version, provenance, level, kind, title, city, starts_on, ends_on, participants,
    series, source, country_id, organiser_id)
SELECT 'b' || lpad(to_hex(n), 15, '0'), 1, 'illustrative',
       CASE WHEN {often(80, "n", 141)} THEN 'public' ELSE 'compact' END,
       (ARRAY['workshop', 'expert_meeting', 'training', 'technical_mission', 'side_event'])[1 + {drawn("n", 142, 5)}],
       {one_of(OPENINGS, "n", 143)} || ' ' || {one_of(OBJECTS, "n", 144)}, {one_of(PLACES, "n", 145)},
       starts_on, starts_on + {drawn("n", 146, 4)},
       CASE WHEN {often(90, "n", 147)} THEN 8 + {drawn("n", 148, 120)} END, 'bench', '',
       countries[1 + {drawn("n", 149, COUNTRIES)}], {key_of("members", "n", 150)}
FROM drawn, lists;
WITH lists AS (SELECT {COUNTRY_IDS} AS countries)
INSERT INTO results_eventattendance (event_id, country_id, participants)
SELECT DISTINCT ON (e.id, country) e.id, country, 1 + {drawn("e.id + k", 151, 9)}
FROM results_event AS e, lists, generate_series(1, 6) AS k,
     LATERAL (SELECT countries[1 + {drawn("e.id * 8 + k", 152, COUNTRIES)}]) AS chosen(country)
WHERE e.provenance = 'illustrative'
"""

_CONTRIBUTIONS = f"""
WITH lists AS (SELECT (SELECT array_agg(id ORDER BY id) FROM ({MADE}) AS made) AS projects,
                      (SELECT array_agg(id ORDER BY code) FROM funding_contributor) AS contributors)
INSERT INTO funding_contribution (public_id, version, provenance, level, kind, currency, amount, amount_usd,
    received_on, project_id, contributor_id)
SELECT 'c' || lpad(to_hex(n), 15, '0'), 1, 'illustrative',
       (ARRAY['public', 'compact'])[1 + {drawn("n", 160, 2)}], 'cash', 'USD', 1000 * (1 + {drawn("n", 161, 900)}),
       1000 * (1 + {drawn("n", 161, 900)}), DATE '2016-01-01' + {drawn("n", 162, 1400)},
       {key_of("projects", "n", 163)}, {key_of("contributors", "n", 164)}
FROM generate_series(1, {CONTRIBUTIONS}) AS n, lists
"""

_APPEAL = f"""
INSERT INTO funding_appealentry (public_id, version, provenance, level, title, requirement_usd, at_launch, appeal_id,
    entity_id, pillar_id, project_id)
SELECT 'f' || lpad(to_hex(p.id), 15, '0'), 1, 'illustrative', p.level, p.title, coalesce(p.budget_usd, 100000),
       {often(50, "p.id", 170)}, (SELECT min(id) FROM funding_appeal), p.lead_entity_id, p.pillar_id, p.id
FROM ({MADE}) AS p WHERE p.level <> 'restricted' AND {drawn("p.id", 171, 1000)} < 5
"""

STATEMENTS: Final = (
    _ASSESSMENTS,
    _NEEDS,
    _MANDATES_OF_NEEDS,
    _RESPONSES,
    _EVENTS,
    _CONTRIBUTIONS,
    _APPEAL,
)
