"""The table of roles and what each may, made from the code. `python -m tests.house.roles_table`."""

import sys
from importlib import import_module

from django.utils import translation


def roles_table() -> str:
    """Return a Markdown table: a row for each permission, a column for each role."""
    permissions = import_module("halsonav.people.permissions")
    with translation.override("sv"):
        roles = list(permissions.Role)
        lines = [
            "| får | " + " | ".join(f"{role.label}<br>`{role.value}`" for role in roles) + " |",
            "|---|" + ":-:|" * len(roles),
        ]
        for permission in permissions.Permission:
            held = [permission in permissions.ROLE_PERMISSIONS[role] for role in roles]
            marks = ["✓" if mark else "" for mark in held]
            lines.append(f"| `{permission}` | " + " | ".join(marks) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    import_module("tests.mode")
    import_module("django").setup()
    sys.stdout.write(roles_table() + "\n")
