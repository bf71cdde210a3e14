"""Two records of one project: a focal point proposes, the other side agrees, an officer makes them one, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OFFICER, Site, Visitor
from tests.e2e.soundness import assert_accessible, assert_narrow
from tests.e2e.steps import press, send

pytestmark = pytest.mark.browser

FOCAL_POINT = "Entity focal point, UNODC"
