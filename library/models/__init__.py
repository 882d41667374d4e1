from library.models.items import Item
from library.models.parts import Collection, Contributor, File
from library.models.tally import Tally

__all__ = ["Collection", "Contributor", "File", "Item", "Tally"]
