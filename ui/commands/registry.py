"""The commands, by name; each module is imported only when its command is called."""

COMMANDS: dict[str, tuple[str, str]] = {
    "refresh": ("ui.commands.refresh", "download what is due"),
    "series": ("ui.commands.series", "the series behind a chart, oldest first"),
    "records": ("ui.commands.records", "the ranking of swings, levels or streaks"),
    "scan": ("ui.commands.scan", "all markets, latest figures"),
    "brief": ("ui.commands.brief", "the whole story of a market"),
    "screenshot": ("ui.commands.screenshot", "a page of the real window as a picture"),
    "export": ("ui.commands.export", "a page's figures, or the starter tables"),
    "import": ("ui.commands.import_files", "your own files"),
    "performance": ("ui.commands.performance", "returns of small against large, league tables, streaks"),
    "credit": ("ui.commands.credit", "credit series: level, changes, direction"),
    "sectors": ("ui.commands.sectors", "sector weights of small caps against large caps"),
    "holdings": ("ui.commands.holdings", "a fund's equity holdings, largest first"),
    "earnings": ("ui.commands.earnings", "growth of earnings by calendar year, small against large"),
    "leverage": ("ui.commands.leverage", "debt against earnings of small and large caps"),
    "check": ("ui.commands.check", "an article's sentences against the public data"),
    "selftest": ("ui.commands.selftest", "the installation, and with --online each source's assumptions"),
}
