from django_components import ComponentExtension, OnDependenciesContext, Script, Style


class NoManagerScript(ComponentExtension):
    """Leaves out the script that django-components adds to every page; none of our components needs it."""

    name = "nm_no_manager"

    def on_dependencies(self, ctx: OnDependenciesContext) -> tuple[list[Script], list[Style]]:
        return [script for script in ctx.scripts if script.kind != "core"], ctx.styles
