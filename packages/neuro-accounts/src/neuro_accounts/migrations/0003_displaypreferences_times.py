from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('neuro_accounts', '0002_display_preferences'),
    ]

    operations = [
        migrations.AddField(
            model_name='displaypreferences',
            name='times',
            field=models.CharField(blank=True, choices=[('', 'As a list of days'), ('calendar', 'As a calendar')], help_text='You can also change this on each page with times.', max_length=16, verbose_name='times to choose from'),
        ),
    ]
