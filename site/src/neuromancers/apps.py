from django.apps import AppConfig


class NeuromancersConfig(AppConfig):
    name = "neuromancers"
    label = "neuromancers"
    verbose_name = "Community site"
