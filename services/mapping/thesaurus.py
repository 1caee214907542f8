"""The field's words and what each can mean, as reviewed data (source: field usage; no one tool's vocabulary).

A word may have several senses. A word that stands in `other_words.OTHER` is known to mean something else, so a
name that holds it is never read by its other words ("trial end date" is no cancellation).
"""

from services.mapping.eastern_words import EASTERN
from services.mapping.iberian_words import IBERIAN
from services.mapping.languages import LANGUAGES
from services.mapping.names import compact
from services.mapping.northern_words import NORTHERN
from services.mapping.other_words import OTHER, QUALIFIERS, TOOL_NAMES
from services.mapping.shorthand import SHORTHAND
from services.mapping.telecom_patterns import TELECOM_SENSES

_SENSES: dict[str, str] = {
    # who
    "LEGALN": "razao razon raison ragione social sociale",
    "CUSTOMER": (
        "customer customers cust client clients subscriber subscribers buyer shopper consumer patron policyholder "
        "kunde kunden cliente clientes klant patrons supporter supporters backer backers payer payers purchaser "
        "purchasers learner reader viewer listener player insured holder "
    ),
    "ACCOUNT": "usr usrs account accounts acct acc user member members player konto compte profile profiles",
    "ORG": (
        "biz company companies organization organisation org business tenant workspace team firm site enterprise "
        "club gym studio clinic school church agency association society"
    ),
    "PERSON": (
        "contact person people individual party donor student guest patient attendee athlete resident pupil primary "
    ),
    "SUBSCRIPTION": "policy subscr patronage subscription subscriptions subs sub membership memberships abo abonnement",
    "USERS": "users wau dau mau",
    "VENUE": (
        "store stores shop practice merchant merchants restaurant salon hotel venue dealership household family "
        "chapter "
        "hospital facility parish charity farm university college entity"
    ),
    # how it is told
    "ID": "id ids identifier uuid guid ref reference code key oid uid pk hash handle sk bk nk hashid idno",
    "NUMBER": "no nr num number nummer numero",
    "RECORD": "record",
    "CODE": "code codes cd desc description",
    "CONTAINER": "gp properties property props traits trait attributes attribute attrs attr fields field",
    "BILLTO": "bill billing invoice",
    "NAME": "name names title label nom nombre naam",
    "EXTERNAL": (
        "sfdc crm rc netsuite sap xero quickbooks legacy digit character 18 external internal unique original "
        "stripe crm billing source foreign paddle chargebee hubspot recurly zuora chargify maxio braintree "
        "gocardless klaviyo mailchimp intercom zendesk shopify salesforce zoho gateway platform "
    ),
    "FORENAME": "vorname prenom voornaam forename fornamn fornavn imie",
    "SURNAMELIKE": "nom",
    "FULL": "attention attention business full display legal complete official common screen",
    "FIRSTNAME": "first given fore vorname prenom firstname givenname",
    "LASTNAME": "last family sur nachname surname lastname",
    "REPEATW": "recurring",
    "RECURRINGW": "pledge gift gifts",
    "FISCALW": "fiscal fiscale legal trading trade",
    "STAYW": "permanencia permanenza casa stay",
    "SOFARW": "sofar hastafecha bisher bisherige bislang",
    "SLUG": "slug domain subdomain handle",
    # time
    "DATE": "date at on time datetime timestamp dt day utc gmt ts datum fecha iso local when of",
    "MONTHS": "month months mo mos mth mths monate meses",
    "DAYS": "day days tage dias",
    "YEARS": "year years yr yrs",
    "WEEKS": "week weeks",
    "PASTMONTH": "30d 30days l30 l30d last30 last30d past30 mtd 28d l28d month 30",
    "MONTHLY": "mthly mnthly monthly month mo permonth pm mensual mensuel monatlich pcm",
    "PER": "per each every in during over past last the this previous prior within trailing rolling by",
    "WINDOW": (
        "l7 l14 l28 l60 l90 l7d l14d l28d l60d l90d l180d l365d t30 t90 14d 180d 365d 12mo last7 last14 "
        "last28 last60 last90 last365 past30 l1m l2m l3m l6m l12m last30 30day 3mo 6mo 12mo 30d 30 days day "
        "month months 28d 28 mtd current window "
        "14 l30d l30 last30d m1 90d 90 60 60d 3m 3 6m 6 12 12m week "
        "weekly 7d 7 quarter year ytd 1m 1"
    ),
    "AVG": "avrg avg average mean typical",
    "CURRENT": (
        "normalized normalised annualized latest still current present now latest actual active today existing "
        "ending closing net gross committed contracted base given granted"
    ),
    "SINCE": "since from after",
    "AGO": "ago",
    "LAST": "lst last latest most recent recently newest letzte previous",
    "BEGIN": (
        "install installed installation activated reg signup signed sign joined join joining registered "
        "registration register enrolled enrollment enrolment subscribed onboarded onboarding activated activation "
        "acquired acquisition converted conversion subscribe began commencement inception became won onboard "
        "golive live launch launched doj connected connection provisioned commenced admission admitted kickoff "
        "movein acquired inducted initiated enrol "
    ),
    "PURCHASED": "purchase purchased bought",
    "CASH": "usd eur gbp dollars dollar euros euro",
    "FROM": "from",
    "STARTEDAT": "started",
    "OPTIN": "optin opt opted confirm confirmed confirmation",
    "STARTED": (
        "started start starts starting begin begins beginning opened open opening inscription alta purchased bought"
    ),
    "CREATED": "entered crtd created create creation inserted added insert entry add adds",
    "CREATEDAT": "cdate ctime crdate crtime credate cretime crtdate crtime",
    "UP": "up in",
    "FIRST": "orig init first initial original earliest",
    "END": (
        "canceled cancelled cancel cancellation cancelation cancellations churn churned terminated termination "
        "terminate deactivated deactivation exit exited lost unsubscribed unsubscribe attrition attrited departure "
        "left leave leaving disconnected disconnect closure kundigung resigned quit uninstall uninstalled "
        "uninstallation "
        "gone withdrawn withdrew withdrawal sortie salida saida uscita moveout disenrolled disenrollment disenrolment "
        "dropout offboarded offboarding discontinued "
        "discontinuation cessation vacated"
    ),
    "ENDED": (
        "ended end ends ending expired expires expire expiry expiration "
        "closed lapsed lapse stopped stop stops removed removal deletion ceased finished "
        "inactive deleted"
    ),
    "ACCESS": (
        "checkin login logins logged log signin seen activity active access accessed session sessions visit "
        "visited used attended booking booked lesson class workout heartbeat scan swipe played stream streamed watch "
        "watched listened "
        "usage use signed sign engagement interaction engaged online event opened"
    ),
    "INACTIVE": "inactive inactivity idle dormant inactiveness",
    "OFFERW": "offer offers offering offerings",
    "LAPSED": "lapse lapsed ended expired terminated discontinued",
    "LIFESPAN": "lifetime lifespan",
    "CLASSES": "classes class workouts workout lessons",
    "DUNNING": "dunning retry",
    "OVERDUE": "overdue unpaid late delinquent bounced",
    "REQUESTS": "requests",
    "RECENCY": "recency",
    "USEVOL": (
        "conso consommation data consumed consumption watched listened streamed usage use used viewing watch "
        "watching listening streaming play playtime screen "
        "app product platform"
    ),
    "DATAVOL": "gb gbs download downloads minutes mins mou consumption hours hrs",
    "UNITSW": "sites locations stores agents positions properties rooms desks machines endpoints lines sims",
    "UNTIL": "until through thru till to",
    "VALID": "valid validity",
    "HOURS": "hours hrs hour",
    "ROWOF": "deal opportunity lead prospect",
    "SUSPENDED": "suspended suspd suspension suspend",
    "TIMESPAN": "time duration length span",
    "ACCESSW": "access",
    # how much
    "COUNT": (
        "cnts number num no nb count counts cnt total tot qty of quantity sum volume how many amount frequency freq"
    ),
    "MONEY": (
        "dues premium premiums rev amt chg chrg revenue revenues charge charges fee fees price prices amount "
        "amounts spend spent bill billed bills cost costs payment payments value rate paid sales billing "
        "invoiced collected receipts tariff rental received pledge pledged installment instalment "
        "installments instalments contribution contributions donation donations donated giving turnover tuition "
        "retainer rent "
        "expenditure purchases "
    ),
    "PRICE": "price fee cost amount rate value charge charges spend",
    "TAXW": "ttc ht hors taxes taxe netto brutto inkl exkl moms mva incl excl iva btw mwst",
    "PRICEW": (
        "tuition rent premium pledge retainer price fee amount dues tariff preis betrag beitrag gebuhr gebuehr prix "
        "tarif montant cotisation precio importe "
        "cuota tarifa prezzo importo canone quota preco valor mensalidade bedrag prijs contributie tarief pris belopp "
        "avgift belob beløb belop beløp kontingent cena kwota oplata opłata skladka składka castka poplatek ucret hinta"
    ),
    "CURRENCY": "usd eur gbp dollars dollar euros euro currency local base in",
    "BILLED": "bill bills charge charges spend",
    "AUTOPAYW": "autopay autopayment autodebit",
    "LINEITEMW": "line item",
    "SALEW": "sale selling sold retail agreed negotiated discounted final charged paid",
    "OFTEN": "frequency freq often",
    "USE": "usage use used login visit visits",
    "MRR": "mrr mrc cmrr",
    "ARPU": "arpu arpa arppu",
    "RECURRING": (
        "recurring subscription recurrent pledge pledged autopay rebill rebilling installment instalment "
        "repeating renewing standing periodic "
    ),
    "TOTAL": "total tot cumulative cumul overall accumulated aggregate sum all",
    "LIFETIME": "lifetime alltime todate historical historic life ltd",
    "TODATE": "date",
    "TO": "to",
    "REVENUE": "revenue revenues rev",
    "EFFECTIVE": "effective",
    "COHORT": "cohort",
    "DELIVERY": "order delivery charge shipping renewal",
    "CARE": "care helpline hotline",
    "LTV": "ltv cltv clv",
    # what is sold
    "PLAN": "tariff tariffs pack packs pln plan plans tier tiers package pkg edition bundle tarif",
    "PRICING": "charge pricing rate price",
    "PRODUCT": "prod product products price sku item items offering variant license licence offer",
    "VOLUMEW": "volume conso consommation consumption",
    "LIFECYCLEW": "lifecycle",
    "VARIANTW": "variant variants",
    "KIND": "type kind category class level grade group tier model option family series",
    "CONTRACT": "contract commitment agreement",
    "BILLING": (
        "billing bill billed plan subscription subscriptions payment pay payments invoice invoicing renewal "
        "recurring "
        "price charge recurrence membership contract term product"
    ),
    "INTERVAL": (
        "interval period frequency freq cycle cadence schedule recurrence periodicity periodicidad basis cycles "
        "periods duration "
    ),
    "TERM": "term length duration",
    "UNIT": "list base unit units",
    "PAY": "autopay pmt pymt payment payments pay paid billing pago zahlung paiement",
    "METHOD": (
        "mthd method mode type source instrument option means channel title label via through form methods vendor "
        "platform service info "
    ),
    "CARD": "card",
    "PROCESSOR": "gateway processor provider psp",
    "BRAND": "brand type network scheme",
    "DEFAULT": "default primary preferred main current customer stored last",
    "SEAT": "seat seats license licenses licence licences asientos",
    "QUANTITY": "quantity qty quantities",
    "BOUGHT": (
        "purchased bought paid contracted licensed allocated limit max maximum total sold billed allowed available "
        "included capacity entitled provisioned subscribed quota committed"
    ),
    "LIMITW": "purchased bought paid contracted licensed allowed limit max maximum quota entitled included subscribed",
    "USED": (
        "unique distinct activated live used active assigned occupied filled consumed taken utilized utilised using "
        "usage in use claimed"
    ),
    "USAGE": "usage engagement adoption activity",
    "FEATURE": "feature features module modules functionality",
    "SCORE": "score index rating rate level percent pct percentage grade ratio points",
    "SCOREONLY": "score index rating",
    "PRODUCTW": "portal workspace software service web product app platform customer account user overall tool",
    "LOGIN": "login logins signin signins sessions logons logon logged sign ins log in signons",
    "SESSION": "session visits visit sessions checkins checkin attendances attendance opens",
    "ACTIVEW": "active",
    "SERVICEW": "service services",
    "API": "api",
    "CALL": "calls call requests request hits usage volume transactions queries",
    "SUPPORT": (
        "svc support service services helpdesk care desk help servicedesk tech technical zendesk intercom freshdesk"
    ),
    "TICKET": "tix tkt tkts ticket tickets",
    "CASE": "complain complains case cases complaint complaints incident incidents escalation",
    "CONVERSATION": "conversations conversation chats inquiries enquiries",
    "CONTACTED": ("calls requests issues queries inquiries enquiries chats conversations cases call request"),
    "RAISED": "solved handled opened open created raised submitted filed logged made received all new closed resolved",
    "NPS": "nps netpromoter promoter",
    "NET": "net",
    "SURVEY": "score rating value response answer survey latest last recent current avg average result",
    "FAILED": (
        "failed failing failure failures declined decline declines missed late overdue unsuccessful bounced rejected "
        "delinquent unpaid fails returned refused nsf dishonoured dishonored"
    ),
    "PAYMENT": (
        "payment payments charge charges transaction transactions invoice invoices billing pay bills bill collection "
        "debit dd dds ach autopay autopays"
    ),
    "ATTEMPT": "retries tries attempts attempt times",
    "DISCOUNT": "dto dcto disc dscnt discount discounts rebate",
    "PERCENT": "percent pct percentage rate off level applied current average avg",
    "EMPLOYEE": "emp emps employee employees staff headcount fte ftes workforce employes",
    "SIZE": "size band range bucket segment headcount",
    "SEGMENTS": "segments",
    "EVENTW": "events actions activities",
    "TIMEW": "time minutes mins hour hours",
    "SPENT": "spent spend",
    "SEGMENT": "seg segment segmentation",
    "MARKET": "market customer account business company client",
    "INDUSTRY": "industry vertical sector branche branch",
    "COUNTRY": "ctry cntry country nation land pays pais",
    "ADDRESS": (
        "address1 1 delivery address addresses billing home location residence of headquarters hq company region "
        "iso geo ip mailing default"
    ),
    "SUBSCRIBED": "subscribed subscribing paying",
    "STATEW": "state",
    "STAGE": "stage phase lifecycle journey",
    "STATUS": "standing disposition sts status lifecycle estado statut",
    "EMAIL": "email emails mail courriel correo",
    "ADDR": "address addresses addr adresse contact billing primary owner work admin business login main",
    "CHURN": "churn churned churner exited attrited attrition",
    "FUTURE": "next will within upcoming future soon",
    "PURCHASES": "purchase purchases bought gift gifts donation order",
    "FLAG": "flag is has indicator ind label yn bool status binary target value boolean did whether outcome will",
    "TENURE": "tenure seniority loyalty",
    "AGE": "age lifetime length duration lifespan time",
    "RELATION": (
        "with us as relationship service book customer subscribed stay tenure membership contract provider "
        "carrier operator network bank brand platform insurer vendor firm books file insured cust client insurance "
        "enrolled "
    ),
}

CONNECTING: frozenset[str] = frozenset(
    [
        "for",
        "our",
        "their",
        "do",
        "dos",
        "das",
        "em",
        "della",
        "delle",
        "dei",
        "degli",
        "ao",
        "aos",
        "la",
        "le",
        "les",
        "el",
        "van",
        "voor",
        "und",
        "och",
    ]
)
"""Words between others, in several languages."""

SHORT_LATIN_MAX = 3


def _tells(word: str) -> bool:
    """Whether a word of another language is long enough, in our letters, not to stand in English ones."""
    return not word.isascii() or len(word) > SHORT_LATIN_MAX


SENSES: dict[str, frozenset[str]] = {}
for _source in (
    {"FILLER": " ".join(CONNECTING)},
    _SENSES,
    TELECOM_SENSES,
    LANGUAGES,
    NORTHERN,
    IBERIAN,
    {sense: " ".join(filter(_tells, map(compact, words.split()))) for sense, words in EASTERN.items()},
    {"OTHER": OTHER, "TOOL": TOOL_NAMES, "QUALIFIER": QUALIFIERS},
):
    for _sense, _words in _source.items():
        for _word in _words.split():
            SENSES[_word] = SENSES.get(_word, frozenset()) | {_sense}
for _short, _longs in SHORTHAND.items():
    SENSES[_short] = SENSES.get(_short, frozenset()).union(*(SENSES[_long] for _long in _longs))
"""The senses of each known word, its short forms included."""

FILLERS: frozenset[str] = frozenset(["c", "the", "of", "de", "du", "del", "des", "di", *CONNECTING])
"""Words that say nothing (Salesforce ends its custom fields with `__c`)."""

CONTAINERS: frozenset[str] = frozenset(f"custom cf gp {_SENSES['CONTAINER']}".split())
"""Words that say nothing before a name: where tools file what their users added ("traits.plan")."""
