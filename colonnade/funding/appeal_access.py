"""Who may do what with an appeal and with what donors say of it: ``None``, or the reason why not."""

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.funding.access import gives_as, why_not_keep_books
from colonnade.funding.models import Appeal, AppealEntry, Contributor, Intention, Pledge


def why_not_run_appeals(viewer: Viewer) -> str | None:
    """Appeals are opened, changed, launched and closed by the secretariat."""
    if viewer.user_id is not None and Role.SECRETARIAT in viewer.roles:
        return None
    return _("Only the secretariat prepares, launches and closes an appeal.")


def why_not_step(viewer: Viewer, appeal: Appeal) -> str | None:  # noqa: ARG001  # the shape of a step's rule
    """A step of an appeal is the secretariat's, wherever the appeal stands."""
    return why_not_run_appeals(viewer)


def why_not_change(viewer: Viewer, appeal: Appeal) -> str | None:
    """What an appeal asks for is changed until it is closed."""
    if (why_not := why_not_run_appeals(viewer)) is not None:
        return why_not
    return _("This appeal is closed.") if appeal.standing == Appeal.Standing.CLOSED else None


def why_not_change_entry(viewer: Viewer, appeal: Appeal, entry: AppealEntry) -> str | None:
    """An entry is changed while it is in the appeal."""
    if (why_not := why_not_change(viewer, appeal)) is not None:
        return why_not
    return _("This project was taken out of the appeal.") if entry.left_on is not None else None


def why_not_keep_moment(viewer: Viewer, appeal: Appeal) -> str | None:
    """An appeal is kept as it stands once it was launched: before, there is nothing to compare with."""
    if (why_not := why_not_run_appeals(viewer)) is not None:
        return why_not
    return _("This appeal is not launched yet.") if appeal.standing == Appeal.Standing.DRAFTED else None


def is_donor(viewer: Viewer) -> bool:
    """Whether the viewer answers for what somebody gives."""
    return viewer.user_id is not None and bool(viewer.gives_states or viewer.gives_entities)


def why_not_coordinate(viewer: Viewer) -> str | None:
    """Who reads what donors let each other know: donors, the secretariat, auditors and the board."""
    if is_donor(viewer) or viewer.sees_restricted or Role.BOARD in viewer.roles:
        return None
    return _("Donors coordinate here, with the secretariat. Sign in as whoever answers for what a donor gives.")


def why_not_pledge(viewer: Viewer, contributor: Contributor, appeal: Appeal) -> str | None:
    """A donor pledges for themselves, and the secretariat writes down what a donor told it."""
    if not (viewer.user_id is not None and gives_as(viewer, contributor)) and why_not_keep_books(viewer) is not None:
        return _("Only somebody who answers for what %(contributor)s gives can say this.") % {
            "contributor": contributor.name
        }
    if appeal.standing == Appeal.Standing.DRAFTED:
        return _("This appeal is not launched yet.")
    return _("This appeal is closed.") if appeal.standing == Appeal.Standing.CLOSED else None


def why_not_speak_for(viewer: Viewer, intention: Intention) -> str | None:
    """What others see of what a donor funds is said by that donor, or by the secretariat as the donor told it."""
    own = viewer.user_id is not None and gives_as(viewer, intention.contributor)
    if not own and why_not_keep_books(viewer) is not None:
        return _("Only the donor says what others see of it.")
    return _("This was ended already.") if intention.ended_on is not None else None


def why_not_end(viewer: Viewer, intention: Intention) -> str | None:
    """A plan is ended by its donor; a pledge is withdrawn in the books."""
    if (why_not := why_not_speak_for(viewer, intention)) is not None:
        return why_not
    if intention.kind == Intention.Kind.PLEDGE:
        return _("This rests on a pledge: it is withdrawn on the page of the pledge.")
    return None


def level_of_consent(shown: str, *, announced: bool = False) -> str:
    """The level of a pledge whose donor lets others see ``shown`` of it, once it is no longer ``announced`` alone."""
    return "public" if shown == "amount" and not announced else Pledge._meta.get_field("level").get_default()
