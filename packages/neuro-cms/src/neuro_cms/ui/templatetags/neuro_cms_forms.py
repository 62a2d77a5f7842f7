from django.forms import BaseForm, BoundField
from django.template import Library

register = Library()


@register.filter
def first_control_id(field: BoundField) -> str:
    """The id of the control that a link of the error summary leads to; empty when the form gives no ids."""
    if field.id_for_label:
        return field.id_for_label
    first = field.subwidgets[0].data
    parts = first.get("subwidgets") or [first]
    return str(parts[0]["attrs"].get("id", ""))


@register.filter
def layout(field: BoundField) -> str:
    """How a field is laid out: ``trap`` (for robots, not shown), ``group``, ``tick`` or ``plain``."""
    widget = field.field.widget
    if str(widget.attrs.get("tabindex", "")) == "-1":
        return "trap"
    if widget.use_fieldset:
        return "group"
    return "tick" if getattr(widget, "input_type", "") == "checkbox" else "plain"


@register.filter
def marked_optional(field: BoundField) -> bool:
    """Whether the label says "optional": only where the same form also asks for something that is required."""
    return not field.field.required and any(other.field.required for other in field.form.visible_fields())


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """The form without texts that stand in for a label and vanish, and without styles that a strict policy refuses."""
    for field in form.fields.values():
        for name in ("placeholder", "style"):
            field.widget.attrs.pop(name, None)
    return form
