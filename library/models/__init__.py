from library.models.items import Item
from library.models.parts import Collection, Contributor, File

__all__ = ["Collection", "Contributor", "File", "Item"]
