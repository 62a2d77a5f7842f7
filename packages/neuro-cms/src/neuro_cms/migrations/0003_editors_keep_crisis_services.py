from django.db import migrations

GROUPS = ["Editors", "Moderators"]
ACTS = ["add", "change", "delete", "view"]


def allow(apps, schema_editor):
    """Wagtail's own two groups, as Wagtail does it for its pictures. Permissions are only made after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind, _created = ContentType.objects.get_or_create(app_label="neuro_cms", model="crisisservice")
    permissions = [
        Permission.objects.get_or_create(
            content_type=kind, codename=f"{act}_crisisservice", defaults={"name": f"Can {act} crisis service"}
        )[0]
        for act in ACTS
    ]
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ("neuro_cms", "0002_crisis_service"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
