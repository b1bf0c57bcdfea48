"""Template tags that the components need and Django lacks."""

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Return the field's widget, dressed as one of ours."""
    own = str(field.field.widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"ds-input {own}".strip()})


@register.filter
def is_tick(field: BoundField) -> bool:
    """Say whether the field is one box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)
