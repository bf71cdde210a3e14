"""The page on which a State and its assessors say something to each other about a recommendation."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from colonnade.needs.models import Assessment, Remark
from colonnade.needs.queries import seen
from colonnade.needs.remarks.access import KINDS, side_of
from colonnade.needs.remarks.actions import RemarkRefused, make_remark
from colonnade.needs.remarks.queries import follow_ups
from colonnade.web.needs.card import heading
from colonnade.web.needs.reads import note_reading
from colonnade.web.needs.views import crumbs, need_of
from colonnade.web.shared.days import short_day
from colonnade.web.shared.individuals import NoIndividuals
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of


class RemarkForm(NoIndividuals, forms.Form):
    """A remark of one side; ``visits`` are the follow-up visits that could have found something."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), widget=forms.RadioSelect)
    visit = forms.ChoiceField(label=gettext_lazy("Follow-up visit that found it"), required=False)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, kinds: tuple[Remark.Kind, ...], visits: list[Assessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [each for each in kinds if visits or each != Remark.Kind.FINDING]
        kind, visit = self.fields["kind"], self.fields["visit"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(visit, forms.ChoiceField)
        kind.choices = [(each.value, each.label) for each in offered]
        if Remark.Kind.FINDING not in offered:
            del self.fields["visit"]
            return
        days = [(each.public_id, f"{short_day(each.starts_on)} – {short_day(each.ends_on)}") for each in visits]
        visit.choices = [("", _("None")), *days]


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Say something about a recommendation, as its State, its assessor or the secretariat."""
    need = need_of(request, public_id)
    side = side_of(request.viewer, need)
    if side is None:
        raise Http404
    shown = seen(request.viewer, need)
    note_reading(request, shown, "remark-on-need")
    visits = {each.public_id: each for each in follow_ups(request.viewer, need)}
    form = RemarkForm(request.POST or None, kinds=KINDS[side], visits=list(visits.values()))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            make_remark(
                need=need,
                kind=typed["kind"],
                text=typed["text"],
                assessment=visits.get(typed.get("visit", "")),
                person=person_of(request),
                actor=actor_of(request),
            )
        except RemarkRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is said. The other side reads it on this page."))
            return redirect("need", public_id=public_id)
    context = {
        "title": TITLES[side],
        "of": heading(request.viewer, shown),
        "lead": _("The State, its assessors, the secretariat and auditors read it. It stands as you send it."),
        "form": form,
        "button": _("Say it"),
        "crumbs": crumbs(Crumb(need.reference, reverse("need", args=[public_id])), Crumb(str(TITLES[side]))),
    }
    return render(request, "needs/step.html", context, status=400 if form.errors else 200)


#: What the page is called on each side.
TITLES: Final = {
    Remark.Side.STATE: gettext_lazy("Comment, correct, or report progress"),
    Remark.Side.ASSESSOR: gettext_lazy("Answer, or say what a follow-up visit found"),
    Remark.Side.SECRETARIAT: gettext_lazy("Answer, or say what a follow-up visit found"),
}
