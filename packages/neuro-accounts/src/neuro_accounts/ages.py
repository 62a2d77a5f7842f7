from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import FieldDoesNotExist

from neuro_accounts import conf

FIELD = "date_of_birth"


def age_on(day: date, *, born: date) -> int:
    """Whole years lived. Who was born on 29 February is a year older on 1 March when there is no 29th."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def old_enough(born: date, *, today: date) -> bool:
    """Whether somebody born on this day may sign up today."""
    return age_on(today, born=born) >= conf.get().minimum_age


def store_date_of_birth(user: AbstractBaseUser, born: date) -> None:
    """Keeps the date where the user model has a field for it; elsewhere it was only needed for the check."""
    try:
        user._meta.get_field(FIELD)
    except FieldDoesNotExist:
        return
    setattr(user, FIELD, born)
    user.save(update_fields=[FIELD])
