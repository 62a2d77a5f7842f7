
import django.core.validators
import neuro_cms.countries
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('neuro_cms', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CrisisService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(choices=neuro_cms.countries.choices, max_length=2, verbose_name='country')),
                ('kind', models.CharField(choices=[('emergency', 'Emergency number'), ('helpline', 'Somebody who listens')], default='helpline', max_length=10, verbose_name='kind')),
                ('name', models.CharField(help_text='What the service calls itself.', max_length=80, verbose_name='name')),
                ('phone', models.CharField(blank=True, max_length=24, validators=[django.core.validators.RegexValidator('^\\+?[0-9][0-9 ]*$', 'Enter digits and spaces only, like 116 123.', 'invalid_number')], verbose_name='phone number')),
                ('text_number', models.CharField(blank=True, max_length=24, validators=[django.core.validators.RegexValidator('^\\+?[0-9][0-9 ]*$', 'Enter digits and spaces only, like 116 123.', 'invalid_number')], verbose_name='number for text messages')),
                ('text_words', models.CharField(blank=True, help_text='What the text message has to say, like Shout.', max_length=40, verbose_name='word to send')),
                ('web_address', models.URLField(blank=True, validators=[django.core.validators.URLValidator(['https'])], verbose_name='website')),
                ('hours', models.CharField(blank=True, max_length=120, verbose_name='when somebody answers')),
                ('note', models.CharField(blank=True, help_text='Who it is for, or what to expect.', max_length=200, verbose_name='note')),
                ('last_checked', models.DateField(blank=True, help_text='When somebody of the team last tried all of this.', null=True, verbose_name='last checked')),
                ('order', models.PositiveSmallIntegerField(default=10, help_text='The smallest number comes first, also at the end of every page.', verbose_name='order')),
            ],
            options={
                'verbose_name': 'crisis service',
                'verbose_name_plural': 'crisis services',
                'ordering': ['country', 'order', 'name'],
                'constraints': [models.UniqueConstraint(fields=('country', 'name'), name='neuro_cms_crisis_service_once')],
            },
        ),
    ]
