"""What a country, a province or a commune comes to: accepted figures beside their bases, their past and their like."""
