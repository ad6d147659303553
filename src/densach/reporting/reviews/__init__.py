"""Sơ kết and tổng kết of the movement: papers put together from accepted figures, with places for people to write."""
