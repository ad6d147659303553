"""Decisions on commendation, the register of awards, and the money and papers that go with them."""
