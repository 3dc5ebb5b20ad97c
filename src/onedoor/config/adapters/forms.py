"""Forms of allauth, changed where ours ask a little less."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]
    """Sign-in; an address that names the account (``?login=``, from the tour) has it filled in already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None:
            self.fields["login"].initial = self.request.GET.get("login", "").replace("\0", "")[:150]
