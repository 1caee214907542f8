"""Words of telecom services and households, and which together mean which telecom column (source: field usage)."""

TELECOM_SENSES: dict[str, str] = {
    "GENDERW": "gender sex",
    "SENIORW": "senior seniors elderly pensioner snr",
    "CITIZENW": "citizen citizens ctzn citizn ctz",
    "PARTNERW": "partner spouse married",
    "DEPENDENTW": "dependents dependants dependent dependant deps dpndnts dependnts children kids child",
    "HASW": "has have is with",
    "PHONEW": "phone telephone voice landline telephony fixed",
    "SVCW": "service svc services srvc serv subscription plan",
    "MULTIW": "multiple multi mult several additional extra second more",
    "LINEW": "line lines ln lns",
    "INTERNETW": "internet broadband inet intnet",
    "ONLINEW": "online onl internet web cyber cloud",
    "SECURITYW": "security secur secure sec",
    "BACKUPW": "backup backups bkp bkup bckup storage",
    "DEVICEW": "device devices equipment handset equip devc",
    "PROTECTW": "protection protect prot protctn insurance cover warranty",
    "TECHW": "tech technical",
    "HELPW": "support supp suppt spprt assistance help",
    "PREMIUMW": "premium",
    "STREAMW": "streaming stream strm streams strmng streamng",
    "TVW": "tv television iptv tvs",
    "MOVIEW": "movies movie mov mvs films film vod",
    "PAPERW": "paperless paprless pprless ebill ebilling estatement einvoice papless",
    "BILLW": "billing bill blng bills statement invoice",
}

_YES = "HASW FLAG SVCW CUSTOMER KIND"

TELECOM_PATTERN_ROWS: tuple[tuple[str, float, str, str], ...] = (
    ("gender", 95, "GENDERW", "CUSTOMER FLAG CODE"),
    ("senior_citizen", 95, "SENIORW CITIZENW", _YES),
    ("senior_citizen", 88, "SENIORW", _YES),
    ("partner", 92, "PARTNERW HASW", _YES),
    ("partner", 90, "PARTNERW FLAG", _YES),
    ("dependents", 95, "DEPENDENTW", f"{_YES} COUNT"),
    ("phone_service", 95, "PHONEW SVCW", f"{_YES} PHONEW LINEW"),
    ("multiple_lines", 95, "MULTIW LINEW", f"{_YES} PHONEW"),
    ("internet_service", 95, "INTERNETW SVCW", f"{_YES} NAME"),
    ("internet_service", 92, "INTERNETW KIND", f"{_YES} NAME"),
    ("online_security", 95, "ONLINEW SECURITYW", _YES),
    ("online_backup", 95, "ONLINEW BACKUPW", _YES),
    ("device_protection", 95, "DEVICEW PROTECTW", _YES),
    ("tech_support", 95, "TECHW HELPW", f"{_YES} PREMIUMW"),
    ("streaming_tv", 95, "STREAMW TVW", _YES),
    ("streaming_movies", 95, "STREAMW MOVIEW", _YES),
    ("paperless_billing", 95, "PAPERW", f"{_YES} BILLW"),
)
"""Canonical column, grade, senses needed, senses allowed beside them, as in patterns.py."""
