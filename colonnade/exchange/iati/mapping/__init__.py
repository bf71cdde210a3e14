"""From an activity as published to a project as reported: pure functions over rules that are data of the strategy.

Each mapped value names the rule it rests on and the words or codes that the rule found. Where no rule applies, the
value is not reported: nothing is guessed. The rules lie in the ``mapping`` folder of a data pack.
"""
