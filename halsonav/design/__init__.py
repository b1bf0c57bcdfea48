"""What people see: components, base templates, menus, theme. README.md tells more."""
