import datetime
import django.db.models.deletion
import neuro_sessions.constraints
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("neuro_sessions", "0003_carry_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='bookingevent',
            constraint=neuro_sessions.constraints.AppendOnly(name='neuro_sessions_event_append_only', erasable=('words',)),
        ),
        migrations.AddConstraint(
            model_name='hosttime',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('booking', None), ('holder__isnull', False), ('kind', 'hold')), models.Q(models.Q(('kind', 'hold'), _negated=True), ('booking__isnull', False), ('holder', None)), _connector='OR'), name='neuro_sessions_host_time_of_hold_or_booking'),
        ),
        migrations.AddConstraint(
            model_name='hosttime',
            constraint=models.UniqueConstraint(fields=('booking', 'host'), name='neuro_sessions_host_time_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='peersession',
            constraint=models.CheckConstraint(condition=models.Q(('reduced_price', None), ('reduced_price__lte', models.F('price')), _connector='OR'), name='neuro_sessions_reduced_price_is_lower', violation_error_message='The reduced price cannot be higher than the price.'),
        ),
        migrations.AddConstraint(
            model_name='peersession',
            constraint=models.CheckConstraint(condition=models.Q(('minimum_price__lte', models.F('price'))), name='neuro_sessions_minimum_price_is_lower', violation_error_message='The least cannot be higher than the price that you suggest.'),
        ),
        migrations.AddConstraint(
            model_name='peersessionavailability',
            constraint=models.CheckConstraint(condition=models.Q(('repeats', 'daily'), models.Q(('repeats', 'weekly'), ('weekday__isnull', False)), models.Q(('first_day__isnull', False), ('repeats__in', ['once', 'monthly'])), _connector='OR'), name='neuro_sessions_window_has_its_day', violation_error_message='Say on which day this time is.'),
        ),
        migrations.AddConstraint(
            model_name='peersessionavailability',
            constraint=models.CheckConstraint(condition=models.Q(('first_day', None), ('last_day', None), ('last_day__gte', models.F('first_day')), _connector='OR'), name='neuro_sessions_window_last_day_after_first', violation_error_message='The last day cannot be before the first.'),
        ),
        migrations.AddField(
            model_name='bookingdraft',
            name='peer_session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='neuro_sessions.peersession'),
        ),
        migrations.AddField(
            model_name='bookingdraft',
            name='seeker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='booking_drafts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dateoverride',
            name='host',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='date_overrides', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hostterms',
            name='host',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='host_terms', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='peersessiongroupobjectpermission',
            name='content_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='neuro_sessions.peersession'),
        ),
        migrations.AddField(
            model_name='peersessiongroupobjectpermission',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group'),
        ),
        migrations.AddField(
            model_name='peersessiongroupobjectpermission',
            name='permission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AddField(
            model_name='peersessionuserobjectpermission',
            name='content_object',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='neuro_sessions.peersession'),
        ),
        migrations.AddField(
            model_name='peersessionuserobjectpermission',
            name='permission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission'),
        ),
        migrations.AddField(
            model_name='peersessionuserobjectpermission',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='bookingdraft',
            constraint=models.UniqueConstraint(fields=('seeker', 'peer_session'), name='neuro_sessions_draft_one_per_listing'),
        ),
        migrations.AddIndex(
            model_name='dateoverride',
            index=models.Index(fields=['host', 'last_day'], name='neuro_sessions_override_host'),
        ),
        migrations.AddConstraint(
            model_name='dateoverride',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='neuro_sessions_override_last_day_after_first', violation_error_message='The last day cannot be before the first.'),
        ),
        migrations.AddConstraint(
            model_name='dateoverride',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_time', None), ('start_time', None)), models.Q(('end_time', datetime.time(0, 0)), ('start_time__isnull', False)), ('end_time__gt', models.F('start_time')), _connector='OR'), name='neuro_sessions_override_ends_after_start', violation_error_message='The end must be later than the start.'),
        ),
        migrations.AddConstraint(
            model_name='hostterms',
            constraint=models.UniqueConstraint(fields=('host', 'version'), name='neuro_sessions_terms_one_per_version'),
        ),
        migrations.AlterUniqueTogether(
            name='peersessiongroupobjectpermission',
            unique_together={('group', 'permission', 'content_object')},
        ),
        migrations.AlterUniqueTogether(
            name='peersessionuserobjectpermission',
            unique_together={('user', 'permission', 'content_object')},
        ),
    ]
