"""Another process that clicks: python -m tests.clicker USER_ID PATH ACT; prints the page that they then read."""

import sys

import django
from django.test import Client
from django.test.utils import setup_test_environment


def main() -> None:
    django.setup()
    setup_test_environment()
    from django.contrib.auth.models import User

    user_id, path, act = sys.argv[1:]
    browser = Client()
    browser.force_login(User.objects.get(pk=user_id))
    sys.stdin.readline()
    answer = browser.post(path, {"act": act}, follow=True)
    sys.stdout.write(f"{answer.status_code} {answer.content.decode()}")


if __name__ == "__main__":
    main()
