"""The check of ``make check`` for readers that go around ``visible_to``: it finds what is planted, and nothing else."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from colonnade.analysis.tests.registries import RandomRegistry
from colonnade.core.reading import as_application
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from tests.test_the_ring_is_closed import VIEWERS, fill, taken_back

ROOT = Path(__file__).resolve().parent.parent
READERS = ROOT / "scripts" / "readers.py"
IMPORTS = """
from django.apps import apps
from django.db import connection, connections, models
from django.db.models import F, Prefetch, Q, Sum
from colonnade.core.visibility import GuardedQuerySet
from colonnade.core.viewer import Viewer
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectArea
"""

#: What is planted, in a file of its own -> the kind that it has to be found as.
PLANTED = (
    # past the query sets
    ("base-manager", "rows = Project._base_manager.all()"),
    ("base-manager", "def rows(model):\n    return model._base_manager.count()"),
    ("unscoped", "rows = Project.objects.unscoped('it is quicker')"),
    ("unscoped", "def rows(of):\n    return of.unscoped('it is quicker').filter(level='public')"),
    ("no-reason", "rows = Project.objects.unscoped('')"),
    ("no-reason", "rows = Project.objects.unscoped()"),
    ("sql", "rows = Project.objects.raw('SELECT * FROM portfolio_project')"),
    ("sql", "def rows(viewer):\n    return Project.objects.visible_to(viewer).extra(where=['true'])"),
    ("sql", "with connection.cursor() as cursor:\n    cursor.execute('SELECT title FROM portfolio_project')"),
    ("sql", "with connections['default'].cursor() as cursor:\n    cursor.execute('SELECT 1')"),
    ("sql", "from django.db import connection as line\nwith line.chunked_cursor() as cursor:\n    pass"),
    ("sql", "import psycopg\nline = psycopg.connect('')"),
    ("sql", "from django.db.models.expressions import RawSQL\nsub = RawSQL('SELECT title FROM portfolio_project', ())"),
    ("by-name", "rows = apps.get_model('portfolio', 'Project')._default_manager"),
    ("log", "from colonnade.audit.models import Event\nrows = Event.objects.all()"),
    ("refresh", "def again(project: Project):\n    project.refresh_from_db()"),
    # past the one rule
    ("rule", "class Mine(GuardedQuerySet):\n    def visible_to(self, viewer):\n        return self.all()"),
    # from a row that is seen to one that need not be
    ("join", "rows = Recommendation.objects.select_related('assessment')"),
    ("join", "rows = Recommendation.objects.select_related('country', 'assessment__assessor')"),
    ("join", "def rows(viewer):\n    return Project.objects.visible_to(viewer).select_related()"),
    ("join", "rows = Project.objects.prefetch_related('parent')"),
    ("join", "rows = Project.objects.values('parent__title')"),
    ("join", "rows = Project.objects.values_list('reference', 'parent__title')"),
    ("join", "rows = Project.objects.order_by('-parent__title')"),
    ("join", "def rows(viewer, typed):\n    return Project.objects.visible_to(viewer).filter(parent__title=typed)"),
    ("join", "rows = Project.objects.filter(Q(level='public') | ~Q(parent__level='restricted'))"),
    ("join", "rows = Project.objects.annotate(above=F('parent__title'))"),
    ("join", "rows = Project.objects.aggregate(above=Sum('parent__budget_usd'))"),
    ("join", "rows = ProjectArea.objects.values('project__parent__title')"),
    ("join", "rows = Response.objects.filter(recommendation__follows__title='x')"),
    ("join", "def narrowed(rows):\n    return rows.filter(parent__title='x')"),
    ("join", "condition = Q(assessment__kind='visit')"),
    ("walk", "def title(project: Project):\n    return project.parent.title"),
    (
        "walk",
        "def title(viewer):\n    found = Project.objects.visible_to(viewer).first()\n    return found.parent.title",
    ),
    ("walk", "def titles(viewer):\n    return [each.parent for each in Project.objects.visible_to(viewer)]"),
    (
        "walk",
        "def above(viewer):\n    for _n, one in enumerate(Project.objects.visible_to(viewer)):\n        one.parent",
    ),
    ("walk", "def title(response: 'Response'):\n    return response.recommendation.assessment.ends_on"),
    ("walk", "def _need() -> Recommendation | None:\n    ...\n\ndef day():\n    return _need().assessment.ends_on"),
    ("walk", "class Known:\n    known_need: Recommendation\n\ndef day(of):\n    return of.known_need.follows.title"),
    # ways back
    ("accessor", "class Aa(models.Model):\n    of = models.ForeignKey(Project, models.PROTECT)"),
    ("accessor", "class Bb(models.Model):\n    of = models.OneToOneField(Project, models.PROTECT, related_name='b')"),
    ("accessor", "class Cc(models.Model):\n    of = models.ManyToManyField('portfolio.Project', related_name='ccs')"),
    (
        "accessor",
        "class DdRows(GuardedQuerySet):\n    ...\n\nclass Dd(models.Model):\n    objects = DdRows.as_manager()\n"
        "    of = models.ForeignKey(Country, models.PROTECT, related_name='dds')",
    ),
    (
        "manager",
        "class EeRows(GuardedQuerySet):\n    ...\n\nclass Ee(models.Model):\n    objects = EeRows.as_manager()\n"
        "    every = models.Manager()",
    ),
    (
        "name",
        "class Rows(GuardedQuerySet):\n    ...\n\nclass Assessment(models.Model):\n    objects = Rows.as_manager()",
    ),
)
#: The same in templates.
PLANTED_IN_TEMPLATES = (
    ("walk", "<p>{{ project.parent.title }}</p>"),
    ("walk", "{% for each in project.projectarea_set.all %}{{ each }}{% endfor %}"),
    ("walk", "{% if need.assessment.ends_on %}late{% endif %}"),
    ("walk", "{% with rows=model.objects.all %}{{ rows|length }}{% endwith %}"),
)
#: What looks alike, and is right.
INNOCENT = (
    "def rows(viewer):\n    return Project.objects.visible_to(viewer).filter(parent__isnull=True)",
    "def rows(viewer, above):\n    return Project.objects.visible_to(viewer).filter(parent=above).values('parent_id')",
    "def rows(viewer):\n    return Response.objects.visible_to(viewer).select_related('project__lead_entity')",
    "def rows(viewer):\n    return ProjectArea.objects.visible_to(viewer).values('project__title')",
    "from pathlib import Path\nhere = Path(__file__).parent.name",
    "def title(country: Country):\n    return country.region.parent.name",
    "import duckdb\ncursor = duckdb.connect().cursor()",
)


def read(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(READERS), *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What is found in a copy of the code with everything planted in it: planted file -> kinds."""
    folder = tmp_path_factory.mktemp("planted") / "colonnade"
    shutil.copytree(ROOT / "colonnade", folder, ignore=shutil.ignore_patterns("locale", "static", "__pycache__"))
    for name, text, _kind in planted():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    kinds: dict[str, set[str]] = {name: set() for name, _text, _kind in planted()}
    answer = read(str(folder))
    assert answer.returncode == 1, answer.stderr
    for line in answer.stdout.splitlines()[:-1]:
        path, _line, kind, _rest = line.split(":", 3)
        kinds.setdefault(path.removeprefix("colonnade/"), set()).add(kind.strip())
    return kinds


def planted() -> Iterator[tuple[str, str, str]]:
    """Each planted file, what is in it, and the kind that it has to be found as; innocent ones have none."""
    for number, (kind, text) in enumerate(PLANTED):
        # Models stand in files of models.
        is_model = kind in {"accessor", "manager", "name"}
        yield f"web/plant_{number}/models.py" if is_model else f"web/plant_{number}.py", IMPORTS + text, kind
    for number, (kind, text) in enumerate(PLANTED_IN_TEMPLATES):
        yield f"web/templates/plant_{number}.html", text, kind
    for number, text in enumerate(INNOCENT):
        yield f"web/innocent_{number}.py", IMPORTS + text, ""


def test_nothing_in_the_code_goes_around_visible_to() -> None:
    answer = read()
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, _text, kind in planted() if kind])
def test_what_is_planted_is_found(name: str, kind: str, found: dict[str, set[str]]) -> None:
    assert kind in found[name]


def test_what_looks_alike_is_left_alone(found: dict[str, set[str]]) -> None:
    alarms = {name: kinds for name, kinds in found.items() if kinds and "plant_" not in name}
    assert not alarms


def test_an_entry_of_the_table_that_nothing_needs_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "colonnade"
    folder.mkdir()
    (folder / "empty.py").touch()
    assert "readers.toml:1: table: colonnade/web/house/health.py, sql" in read(str(folder)).stdout


def test_the_check_knows_every_model_that_can_be_confidential() -> None:
    guarded = {
        model.__name__ for model in apps.get_models() if isinstance(model._default_manager.all(), GuardedQuerySet)
    }
    into = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and getattr(field.related_model, "__name__", "") in guarded
    }
    said = set(read("--models").stdout.split())
    assert {name for name in said if "." not in name} == guarded
    assert {name for name in said if "." in name} == into


def follows() -> list[str]:
    content = tomllib.loads(READERS.with_suffix(".toml").read_text(encoding="utf-8"))
    return sorted(relation for entry in content["follows"] for relation in entry["relations"])


def model_called(name: str) -> Any:
    return next(model for model in apps.get_models() if model.__name__ == name)


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 10_000), viewers=st.lists(VIEWERS, min_size=6, max_size=6, unique=True))
def test_whoever_sees_a_row_sees_the_row_it_leads_to_where_the_table_says_so(seed: int, viewers: list[Viewer]) -> None:
    with taken_back(), as_application("the first ring alone"):
        people = fill(seed)
        for drawn in viewers:
            viewer = replace(drawn, user_id=None if drawn.user_id is None else people[drawn.user_id])
            for relation in follows():
                name, field = relation.split(".")
                model = model_called(name)
                led_to = model._meta.get_field(field).related_model
                rows = model.objects.visible_to(viewer).exclude(**{field: None})
                beyond = rows.exclude(**{f"{field}__in": led_to.objects.visible_to(viewer).order_by().values("pk")})
                assert not beyond.exists(), f"{relation} for {viewer}"


@pytest.mark.django_db
def test_a_relation_that_is_not_in_the_table_does_lead_further() -> None:
    """The comparison can fail: a need that is seen stands in an assessment that is not."""
    with taken_back(), as_application("the first ring alone"):
        RandomRegistry(1)
        public = Viewer()
        needs, visits = model_called("Recommendation").objects, model_called("Assessment").objects
        rows = needs.visible_to(public)
        assert rows.exclude(assessment__in=visits.visible_to(public).order_by().values("pk")).exists()
