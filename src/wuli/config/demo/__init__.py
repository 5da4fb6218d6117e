"""The demonstration group 同舟有色集团: fictional, at the published shape, the same from the same seed.

    shape     how many of what, and how that shrinks
    places    where: provinces, cities, countries, their zones
    trades    what enterprises do: names, workshops, process steps, posts
    names     what people are called
    enterprises → tree → party → folk → duties → history    the plan, without a database
    fill      writes the plan through the kernel's actions

See docs/explanation/demonstration-group.md.
"""
