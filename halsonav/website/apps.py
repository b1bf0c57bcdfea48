"""The room `website` as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """Registers the room, its menus and whose site it is."""

    name = "halsonav.website"
    label = "website"

    def ready(self) -> None:
        """Put the public pages into the menus."""
        from halsonav.design import menu, site  # noqa: PLC0415 (models must be loaded first)
        from halsonav.website.site import this_site  # noqa: PLC0415

        menu.register_public(10, _("Hitta aktiviteter"), "website:find")
        menu.register_public(20, _("Vad handlar det om?"), "website:themes")
        menu.register_public(30, _("Nära dig"), "website:areas")
        menu.register_public(40, _("Prata med någon"), "website:talk")
        menu.register_footer(10, _("Om Hälsonav"), "website:about")
        menu.register_footer(20, _("Tillgänglighet"), "website:accessibility")
        menu.register_footer(30, _("Så skyddar vi dina uppgifter"), "website:privacy")
        menu.register_footer(40, _("Logga in"), "account_login")
        site.register_site(this_site)
