"""Properties are tried without a clock: how long an example takes says nothing about a rule."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
