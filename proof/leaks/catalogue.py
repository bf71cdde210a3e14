"""The planted leaks, by kind."""

from typing import Final

from proof.leaks import oracles
from proof.leaks.planting import Leak, reads_all

LISTS: Final = ("projects", "needs", "events")
FILES: Final = ("projects-csv", "needs-csv", "events-csv")
BOOKS: Final = ("projects-xlsx", "needs-xlsx", "events-xlsx")
_READING: Final = "colonnade.web.shared.reading:Reading."
_WEB: Final = "colonnade.web."

#: Kind, place of the function that reads everything, the addresses that show it.
_READERS: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("figure", f"{_READING}figure", ("figures", "home", "figure")),
    ("records", f"{_READING}records", ("figure-records", "figure")),
    ("export of records", f"{_READING}every_record", ("figure-download",)),
    ("cross-table", f"{_READING}ask", ("explore", "country")),
    ("tables", f"{_READING}ask_all", ("country", "region")),
    ("count", f"{_READING}summary", LISTS),
    ("total", f"{_READING}totals", ("home", "country", "entity", "pillar", "search", "events-calendar")),
    ("facet", f"{_READING}facets", LISTS),
    ("rows", f"{_READING}listing", LISTS),
    ("export of rows", f"{_READING}every_row", FILES),
    ("words read", f"{_READING}matched", LISTS),
    ("query", f"{_READING}cursor", ("search", "events-calendar", "events-feed")),
    ("headline", f"{_WEB}overview.headlines:headlines", ("home",)),
    ("small table", f"{_WEB}overview.headlines:pillars", ("home",)),
    ("rank", f"{_WEB}overview.money:short_entities", ("home",)),
    ("coverage", f"{_WEB}overview.money:coverage", ("home",)),
    ("map", f"{_WEB}overview.squares:squares", ("home",)),
    ("attention", f"{_WEB}overview.attention:concerns", ("home",)),
    ("change", f"{_WEB}overview.change:change_since", ("home",)),
    ("side by side", f"{_WEB}places.everywhere:everywhere", ("countries", "countries-file")),
    ("page of a State", f"{_WEB}places.page:place_page", ("country", "region")),
    ("who is at work", f"{_WEB}places.sections:at_work", ("country", "region")),
    ("money of a State", f"{_WEB}places.sections:money_by_pillar", ("country", "region")),
    ("headline of a State", f"{_WEB}places.sections:headlines", ("country", "region")),
    ("list of a State", f"{_WEB}places.sections:listed", ("country", "region")),
    ("portrait", f"{_WEB}strategy.portrait:portrait", ("pillar", "theme", "area", "entity")),
    ("directory", f"{_WEB}strategy.directory:rows_of", ("entities", "entities-file")),
    ("suggestion", f"{_WEB}projects.neighbours:neighbours_of", ("project",)),
    ("record", f"{_WEB}projects.queries:known_project", ("project",)),
    ("shortfall", f"{_WEB}money.shortfalls:shortfalls", ("money",)),
    ("entries", "colonnade.funding.queries.appealing:entries_in", ("appeal",)),
    ("promises", "colonnade.funding.queries.appealing:toward", ("appeal", "appeal-entry")),
    ("appeal total", f"{_WEB}money.appeals:appeal_stats", ("money",)),
    ("contributions", f"{_WEB}money.contributors:contributions_of", ("contributor-page",)),
    ("event", f"{_WEB}events.card:find_event", ("event", "event-file")),
    ("feed", f"{_WEB}events.held:held", ("events-feed", "events-calendar")),
    ("picker of months", f"{_WEB}events.held:nearest_month", ("events-calendar",)),
    ("card", f"{_WEB}records.cards:card_of", ("record",)),
    ("search", f"{_WEB}search.results:results", ("search",)),
    ("table file", f"{_WEB}explore.asked:asked_in", ("explore-csv", "explore-workbook")),
    ("workbook", f"{_WEB}listing.files:workbook_file", BOOKS),
    ("separated file", f"{_WEB}listing.files:separated_file", FILES),
    ("whole list", f"{_WEB}listing.page:page_of", LISTS),
    ("choices", f"{_WEB}listing.narrowing:facets_of", LISTS),
    ("ways out", f"{_WEB}listing.narrowing:ways_out", LISTS),
    ("report", f"{_WEB}reports.reading:document_for", ("report", "report-for")),
    ("chart of a report", f"{_WEB}reports.reading:chart_in", ("report-chart",)),
    ("sheet of a figure", f"{_WEB}figures.sheet:open_sheet", ("figure", "figure-file", "figure-records")),
    ("every figure", f"{_WEB}figures.library:subjects", ("figures",)),
)
#: The same of what only people who signed in read: kind, place, addresses, circle.
_INSIDE: Final[tuple[tuple[str, str, tuple[str, ...], str], ...]] = (
    ("who funds what", "colonnade.funding.queries.coordination:donor_lines", ("appeal-donors",), "giver"),
    ("record's history", f"{_WEB}history.record:find", ("record-history",), "entity"),
    ("history", f"{_WEB}history.record:history_of", ("record-history",), "board"),
    ("as it was on", f"{_WEB}history.record:standing_on", ("record-history",), "board"),
    ("recent changes", f"{_WEB}history.changes:changes_for", ("changes",), "chair"),
    ("file of changes", f"{_WEB}history.changes:every_change", ("changes-csv",), "states"),
    ("page of a need", "colonnade.needs.queries:need_called", ("need", "keep-need"), "states"),
    ("kept values", "colonnade.needs.queries:kept_values", ("need",), "board"),
    ("answers to a need", "colonnade.needs.queries:answers_to", ("need",), "states"),
    ("wishes and consents", f"{_WEB}needs.confidentiality:confidentiality_of", ("need",), "board"),
    ("proposals that wait", "colonnade.needs.queries:liftings_waiting", ("needs-waiting",), "state"),
    ("proposal", "colonnade.needs.queries:lifting_called", ("opening",), "states"),
    ("what one sees", f"{_WEB}standing.circle:seen_table", ("standing",), "entity"),
    ("what goes along", f"{_WEB}handing_over.shown:shown", ("hand-over",), "administrator"),
)
#: Kind -> what an address has to ask for, or the function is not called.
_SHOWN_BY: Final = {"as it was on": "on=2035"}
#: Models whose rule is forgotten, with the ring that would hold them: the query set, addresses, circle.
_RULES: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("portfolio.models.project:ProjectQuerySet", ("project",), "outside"),
    ("needs.models.need:RecommendationQuerySet", ("record", "project"), "states"),
    ("needs.models.need:ResponseQuerySet", ("project", "record"), "states"),
    ("funding.models.contributors:ContributionQuerySet", ("contributor-page", "record", "project"), "outside"),
    ("funding.models.appeals:AppealEntryQuerySet", ("appeal", "project"), "outside"),
    ("results.models:EventQuerySet", ("event", "event-file"), "outside"),
    ("analysis.models:ReleasedTotalQuerySet", ("release", "releases"), "outside"),
    ("members.models.saved_views:SavedViewQuerySet", ("saved-views", "saved-view"), "entity"),
    ("needs.models.wishes:KeptFieldQuerySet", ("need", "needs-csv"), "board"),
    ("members.models.extra_access:ExtraAccessQuerySet", ("extra-access-page",), "entity"),
)

LEAKS: Final[tuple[Leak, ...]] = (
    *(
        Leak(place.removeprefix("colonnade."), kind, reads_all(place), addresses)
        for kind, place, addresses in _READERS
    ),
    *(
        Leak(place.removeprefix("colonnade."), kind, reads_all(place), addresses, circle, _SHOWN_BY.get(kind, ""))
        for kind, place, addresses, circle in _INSIDE
    ),
    *(
        Leak(place, "rule forgotten", oracles.rule_forgotten(f"colonnade.{place}"), addresses, circle)
        for place, addresses, circle in _RULES
    ),
    Leak("saved views of others", "menu", oracles.views_of_others, ("saved-views", "projects"), "entity"),
    Leak("chart of everything", "chart", oracles.chart_of_everything, ("explore", "explore-chart")),
    Leak("handovers of others", "personal note", oracles.handovers_of_others, ("handing-over",), "entity"),
    Leak("roles of others", "role", oracles.roles_of_others, ("handing-over",), "state"),
    Leak("a stranger among one's own", "name", oracles.stranger_among_ones_own, ("handing-over",), "chair"),
    Leak("people for everybody", "gate", oracles.people_for_everybody, ("people",), "board"),
    Leak("cache without the reader", "cache", oracles.cache_without_reader, ("explore", "figure", "projects")),
    Leak("snapshot without the reader", "cache", oracles.snapshot_without_reader, ("projects", "search")),
    Leak("report without the audience", "cache", oracles.report_without_audience, ("report-file",)),
    Leak("the viewer of the request before", "pooled connection", oracles.viewer_before, ("project", "record", "home")),
    Leak("every partition", "entitlement", oracles.every_partition, ("projects", "figures")),
    Leak("every audience", "audience", oracles.every_audience, ("projects", "report")),
    Leak("identifier of everything", "ETag", oracles.identifier_of_everything, ("report-chart", "figure-file")),
    Leak("time of everything", "as of", oracles.time_of_everything, ("home", "events-feed", "reports")),
    Leak("a header that counts", "header", oracles.header_that_counts, ("glossary", "sign-in", "home")),
    Leak("a length that counts", "length", oracles.length_that_counts, ("glossary", "components", "forgotten")),
    Leak("pages of everything", "page count", oracles.pages_of_everything, ("projects", "appeal")),
    Leak("order by what is hidden", "order oracle", oracles.order_by_hidden, LISTS),
    Leak("rank by what is hidden", "rank", oracles.rank_by_hidden, ("search",)),
    Leak("a log that names", "log", oracles.log_that_names, ("project",)),
    Leak("a redirect for what is hidden", "existence", oracles.redirect_for_hidden, ("project",)),
    Leak("an error that tells", "error text", oracles.error_that_tells, ("project",)),
    Leak("a mail that counts", "mail", oracles.mail_that_counts, ("forgotten",)),
    Leak("a cookie that counts", "cookie", oracles.cookie_that_counts, ("glossary", "library")),
    Leak("a column of a file", "export column", oracles.column_that_counts, (*FILES, "countries-file")),
    Leak("a language that tells", "language", oracles.language_that_tells, ("strategy", "glossary")),
)  # fmt: skip
