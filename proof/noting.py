"""Pages whose reading is itself noted, where they show something restricted."""

from typing import Final

from proof.assistance_addresses import NOTING_REQUESTS
from proof.merging_addresses import NOTING_MERGINGS
from proof.plan_addresses import NOTING_PLANS

#: Names whose pages note in the log that something restricted was read.
NOTING: Final = frozenset(
    {
        "project", "edit-project", "link-project", "need", "keep-need", "open-need", "opening", "record-history",
        "projects-csv", "projects-xlsx",
        "needs-csv", "needs-xlsx", "events-csv", "events-xlsx", "figure-download", "figure-file",
        "country-brief", "countries-file", "thematic-summary", "pledge", "fund-entry", "allocation",
        "contributor-report", "proposal", "write-proposal", "proposal-docx", "screen-proposal",
        "score-markers", "marker-check", "check-marker", "answer-marker-check",
        "appeal-file", "appeal-entry-file", "response", "claim-for-need", "publish-project",
        *NOTING_REQUESTS, *NOTING_PLANS, *NOTING_MERGINGS,
        "assessment", "recommend", "revise-need", "remark-on-need", "needs-workbook", "needs-import",
        "need-suggestions", "project-suggestions", "overlap",
    }
)  # fmt: skip
