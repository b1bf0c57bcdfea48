"""Template tags that the components need and Django lacks."""

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

from halsonav.design.running import running, unbroken

register = template.Library()
register.filter("running", running)
register.filter("unbroken", unbroken)


def _dress(field: BoundField) -> None:
    """Put our class on the form's own copy of the widget; a placeholder is no label, so it goes."""
    attributes = field.field.widget.attrs
    attributes.pop("placeholder", None)
    classes = str(attributes.get("class", "")).split()
    if "ds-input" not in classes:
        attributes["class"] = " ".join(["ds-input", *classes])


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Return the field's widget, dressed as one of ours."""
    _dress(field)
    return field.as_widget()


@register.filter
def is_tick(field: BoundField) -> bool:
    """Say whether the field is one box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Say whether the field is a group of radio buttons or boxes."""
    return isinstance(field.field.widget, RadioSelect)


@register.filter
def choices(field: BoundField) -> list[BoundWidget]:
    """Return the group's buttons one by one, dressed as ours."""
    _dress(field)
    return list(field.subwidgets)
