"""Pages of a council: its members and sittings, the files, the ballot, the chair's and the secretary's pages."""
