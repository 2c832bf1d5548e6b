"""Home: will we make the number, and where is it off?"""

from spm.ui import asking, filters, show

scene = asking.scene()
view = filters.view(scene)
show.headline(view.period.title)
