"""Two people edit one project in two windows: the second is shown both edits, chooses, and nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press

pytestmark = pytest.mark.browser

FOCAL_POINT = "Entity focal point, UNODC"
TYPED = "Typed in the second window,\nin two lines."


def open_editor(page: Page) -> None:
    press(page.locator("main").get_by_role("link", name="Edit", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the project")


def save(page: Page) -> None:
    press(page.get_by_role("button", name="Save", exact=True))


@pytest.mark.parametrize("scripts", [True, False])
def test_two_people_edit_one_project_and_merge_their_edits(scripts: bool, site: Site, visitor: Visitor) -> None:
    first, second = visitor(person=OFFICER, scripts=scripts), visitor(person=FOCAL_POINT, scripts=scripts)
    second.goto(site.at("/projects/?entity=UNODC"))
    press(second.locator('main tbody th[scope="row"] a').first)
    project = second.url
    for page in (first, second):
        page.goto(project)
        open_editor(page)
    title, description = first.get_by_label("Title", exact=True), first.get_by_label("Description", exact=True)
    before = title.input_value(), description.input_value()

    title.fill("The title of the first window")
    save(first)
    expect(first.get_by_role("heading", level=1)).to_have_text("The title of the first window")

    second.get_by_label("Title", exact=True).fill("The title of the second window")
    second.get_by_label("Description", exact=True).fill(TYPED)
    save(second)
    expect(second.get_by_role("heading", level=1)).to_contain_text("Somebody else saved this project")
    main = second.locator("main")
    for said in (before[0], "The title of the first window", "The title of the second window", "in two lines."):
        expect(main).to_contain_text(said)
    if scripts:  # axe waits for timers, which a window without scripts never fires
        assert_accessible(second)
    assert_narrow(second)

    second.get_by_role("group", name="Title").get_by_label("Theirs").check()
    expect(second.get_by_role("group", name="Description").get_by_label("Yours")).to_be_checked()
    press(second.get_by_role("button", name="Save the merged project"))
    expect(second.get_by_role("heading", level=1)).to_have_text("The title of the first window")
    expect(second.locator(".description")).to_contain_text("Typed in the second window,")

    press(second.get_by_role("link", name="History", exact=True))
    expect(second.locator("ol.history")).to_contain_text("The title of the first window")
    expect(second.locator("ol.history")).to_contain_text(TYPED.splitlines()[0])

    # Other journeys find the project as it was.
    first.goto(project)
    open_editor(first)
    first.get_by_label("Title", exact=True).fill(before[0])
    first.get_by_label("Description", exact=True).fill(before[1])
    save(first)
    expect(first.get_by_role("heading", level=1)).to_have_text(before[0])
