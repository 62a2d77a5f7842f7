from django.http import HttpRequest

from neuro_cms.ui import conf


def ui(request: HttpRequest) -> dict[str, str]:
    """``exit_url``, ``help_url`` and ``account_url``, each empty when it is not set."""
    wanted = conf.get()
    return {
        "exit_url": wanted.exit_url,
        "help_url": conf.address(wanted.help_url),
        "account_url": conf.address(wanted.account_url),
    }
