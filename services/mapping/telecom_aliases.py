"""What tools, exports and data sets call the telecom columns: sure, likely and weak names (see aliases)."""

TELECOM: dict[str, tuple[str, str, str]] = {
    "monthly_charges": (
        "monthly charge, monthly fee, monthly bill, monthly bill amount, monthly cost, monthly price, monthly "
        "rate, monthly rental, monthly recurring charge, mrc, monthly subscription fee, monthly tariff, charges "
        "per month, monthly billing amount, monthly service charge, current monthly charge, total monthly charges, "
        "monthly amount",
        "line rental, plan rental, base fee, base charge, package price, pkg price, plan fee, average bill, avg "
        "bill amount, "
        "recurring charges, grundgebuhr, grundgebuehr, facture mensuelle, facture moyenne, mrr, monthly revenue, "
        "monthly spend, monthly payment, monthly recurring revenue, average monthly bill, "
        "bill avg, arpu, avg monthly charges, average revenue per user, mean monthly charge, avg rev, price per "
        "month, total recurring charge, monthly value, avg bill, monthly billing",
        "charges, bill amount, amount, price, fee, charge, tariff, subscription cost, bill",
    ),
    "total_charges": (
        "total charge, total billed, total bill, total amount billed, total paid, total amount paid, total cost, "
        "cumulative charges, lifetime charges, charges to date, total charges to date, total charged, accumulated "
        "charges, total billing amount, overall charges, lifetime bill, total bill amount",
        "total revenue, total spend, total spent, lifetime revenue, total payments, customer lifetime value, cltv, "
        "ltv, total rev, lifetime value, revenue to date, lifetime spend",
        "total, amount paid",
    ),
    "contract": (
        "contract type, contract term, contract length, contract duration, contract period, contract kind, "
        "subscription contract, type of contract, customer contract, contract plan, contract terms, service "
        "contract, agreement type, contract commitment, commitment period, agreement term, contract name, contract "
        "category",
        "commitment, term length, subscription term, contract status, binding period, plan term, agreement, lock "
        "in period, commitment term",
        "term, remaining contract, contract months, interval, subscription interval, billing frequency, billing "
        "cycle, billing period, subscription type, plan type",
    ),
    "paperless_billing": (
        "paperless, paperless bill, paperless billing enrolled, e billing, electronic billing, e bill, paperless "
        "flag, online billing, electronic bill, paperless invoice, e invoice, paperless statements, paperless "
        "enrolled",
        "digital billing, email billing, electronic invoice, paper free billing, digital bill",
        "",
    ),
    "gender": (
        "sex, customer gender, customer sex, gender code, female, is female, gender identity, subscriber gender, "
        "gender type, m f, male female, gender mf",
        "male, is male, geschlecht, sexe, genero, sexo",
        "",
    ),
    "senior_citizen": (
        "senior, is senior, is senior citizen, senior citizen flag, senior flag, seniors, senior customer, over "
        "65, age 65 plus, above 65, elderly, is elderly, senior citizen status, aged 65 plus, pensioner",
        "retired, is retired, senior discount, retiree",
        "",
    ),
    "partner": (
        "has partner, has a partner, with partner, partner flag, spouse, has spouse, married, is married, lives "
        "with partner, partnered, partner status, married or partner, cohabiting",
        "marital status, married flag, relationship status, marriage status, civil status",
        "",
    ),
    "dependents": (
        "has dependents, dependants, has dependants, with dependents, dependent, dependents flag, has children, "
        "children, has kids, kids, dependants flag, has dependent, dependent flag, has child",
        "number of kids, children count, dependent children, dependents count, dependents number, family size, "
        "num children, num dependents, children in household, children in hh, "
        "number of dependents, family, children flag, number of children",
        "",
    ),
    "phone_service": (
        "has phone service, phone service flag, telephone service, has phone, home phone, home phone service, "
        "voice service, landline, fixed line, landline service, phone subscription, fixed phone, has landline, "
        "phone services, telephony service, fixed line service, has telephone service",
        "telephony, telephone, voice plan, phone line, has voice service",
        "phone, voice",
    ),
    "multiple_lines": (
        "multiple line, multiple phone lines, has multiple lines, multi line, multi lines, several lines, multiple "
        "lines flag, more than one line, additional lines, extra lines, second line, has several lines",
        "phone lines, lines, additional line, number of lines",
        "",
    ),
    "internet_service": (
        "internet, internet service type, internet type, internet connection, internet connection type, type of "
        "internet, broadband, broadband type, internet technology, internet access, internet access type, kind of "
        "internet, broadband service, internet plan type, internet services, broadband technology, has internet "
        "service",
        "connection type, access technology, internet plan, access type, network type",
        "connection, technology",
    ),
    "online_security": (
        "security, has online security, internet security, security service, online protection, online security "
        "service, online security add on, cyber security, security add on, online security flag, web security, "
        "security package",
        "antivirus, security pack, virus protection, network security",
        "",
    ),
    "online_backup": (
        "backup, has online backup, cloud backup, backup service, online backup service, data backup, online "
        "storage, cloud storage, internet backup, online backup flag, backup add on, online backups",
        "cloud service, storage service, remote backup",
        "",
    ),
    "device_protection": (
        "device protection plan, has device protection, device insurance, equipment protection, handset insurance, "
        "device protection service, phone insurance, device protection flag, device cover, device warranty, device "
        "security, handset protection, equipment insurance, hardware protection, device care",
        "insurance, protection plan, equipment protection plan",
        "protection",
    ),
    "tech_support": (
        "technical support, has tech support, premium tech support, tech support service, technical support "
        "service, premium support, tech support plan, tech support flag, technical assistance, tech help, it "
        "support, tech support add on, premium technical support, technical support plan",
        "support plan, support service, tech assistance, support package",
        "support",
    ),
    "streaming_tv": (
        "tv streaming, stream tv, has streaming tv, streaming television, television streaming, tv service, iptv, "
        "streaming tv service, internet tv, tv subscription, is tv subscriber, streams tv, tv subscriber, has tv, "
        "online tv, tv streaming service, streaming tv flag",
        "tv, television, cable tv, tv package, digital tv, video streaming",
        "",
    ),
    "streaming_movies": (
        "movie streaming, stream movies, has streaming movies, streaming movie, streaming films, films streaming, "
        "streams movies, movies streaming, movie service, streaming movies service, film streaming, is movie "
        "package subscriber, movie package, movie package subscriber, streaming movies flag",
        "movies, movie subscription, video on demand, vod, films, movie channel",
        "",
    ),
}
