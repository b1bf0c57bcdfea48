"""Who asks: a signed-in user, or nobody in particular."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

Reader = AbstractBaseUser | AnonymousUser
