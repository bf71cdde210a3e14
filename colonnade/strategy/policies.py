"""What a reader's role may read of the strategy: all of it was published."""

from colonnade.core.policies import Ring

RING = Ring(
    open=(
        "strategy_strategy",
        "strategy_pillar",
        "strategy_theme",
        "strategy_area",
        "strategy_document",
        "strategy_mandate",
        "strategy_instrument",
        "strategy_safeguard",
        "strategy_markerlevel",
        "strategy_target",
        "strategy_exchangerate",
    )
)
