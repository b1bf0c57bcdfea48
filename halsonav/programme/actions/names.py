"""What follows when a centre or an organisation gets another name, telephone or words."""

from django.db import transaction
from django.db.models import Q, QuerySet

from halsonav.people.models import Centre, Organisation
from halsonav.programme import finder
from halsonav.programme.models import Activity


@transaction.atomic
def names_follow(thing: Centre | Organisation) -> None:
    """Write the cards and pages anew that say the thing's name, and what readers keep with it."""
    finder.names_changed(list(_told_of(thing).values_list("pk", flat=True)))


def _told_of(thing: Centre | Organisation) -> QuerySet[Activity]:
    published = Activity.objects.published().order_by("pk")
    if isinstance(thing, Centre):
        return published.filter(centre=thing)
    said = Q(organisers=thing) | Q(confirmed_by=thing)
    return published.filter(said).distinct()
