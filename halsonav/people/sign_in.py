"""Signing in: e-mail and password through allauth; nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.handlers.wsgi import WSGIRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: WSGIRequest) -> bool:
        """Refuse: whoever needs an account is invited by somebody who may manage people."""
        return False
