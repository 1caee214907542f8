"""More names of the main columns, likely ones: what spreadsheets and home-made exports call them, in four languages.

Source: field usage. They stand behind the names of saas_aliases and telecom_aliases.
"""

FIELD: dict[str, str] = {
    "tenure_months": (
        "months since joining, months since start, months since activation, months since first payment, customer "
        "months, account months, months retained, months in contract so far, age months, tenure mths, tenure mo, "
        "tenure m, relationship months, relationship duration months, months enrolled, active months, duree "
        "abonnement, anciennete, antiguedad, laufzeit monate, vertragsdauer monate, meses de antiguedad"
    ),
    "total_revenue": (
        "total amount, total amount spent, total billings, cumulative spend, cumulative billings, lifetime "
        "billings, lifetime payments, total customer revenue, total subscription revenue, gross revenue to date, "
        "paid to date, billed to date, sum of payments, overall revenue, revenue lifetime, chiffre d affaires "
        "total, gesamtumsatz, ingresos totales, total income, total receipts, total amount billed, total amount "
        "charged, all time spend, all time payments"
    ),
    "billing_interval": (
        "billing freq, bill frequency, bill cycle, bill period, billing interval type, payment period, payment "
        "schedule type, payment plan frequency, subscription frequency, subscription cycle, subscription billing "
        "period, renewal cycle, renewal term, recurring period, recurrence, recurrence period, charge frequency, "
        "price interval, plan billing period, plan frequency, abrechnungszeitraum, zahlungsrhythmus, frequence de "
        "facturation, periodicidad, billing mode"
    ),
    "seats_purchased": (
        "seats total, seat total, total seat count, number of paid seats, number of licensed users, purchased "
        "seats, purchased licences, purchased users, contracted users, contracted licenses, user seats, paid user "
        "count, subscribed seats, seat allocation, seat allotment, seat capacity, license seats, billed seats, "
        "billable seats, billable users, subscription seats, seats on plan, plazas, lizenzen"
    ),
    "seats_used": (
        "used licenses, used licences, utilized seats, licenses consumed, licences consumed, active user total, "
        "users logged in, current users, live users, enabled users, invited users, registered users, users total, "
        "number of members, member count, seats utilised, seats utilized, filled seats, weekly active users, daily "
        "active users, user base, licences active, active accounts count"
    ),
    "feature_usage_score": (
        "product engagement, product adoption, product usage rate, engagement level, engagement value, adoption "
        "level, adoption percent, adoption percentage, feature adoption percent, feature usage percentage, feature "
        "usage index, number of features, features adopted, distinct features used, features active, modules used, "
        "usage intensity, platform usage, platform usage score, platform engagement score, app usage score, usage "
        "health, customer engagement score, overall usage score"
    ),
    "logins_per_month": (
        "logins mtd, monthly login total, login total, login freq, logins per mo, logins past month, logins "
        "previous month, logins last 4 weeks, logins in month, logins 28d, total logins last month, user logins, "
        "sessions monthly, monthly active sessions, session count 30d, app opens, app opens per month, portal "
        "logins, web logins, visits per month, connexions par mois, anmeldungen pro monat"
    ),
    "days_since_last_login": (
        "days since user login, days since last access, days since access, days since last logon, days since logon, "
        "days since seen, last logon days ago, last visit days ago, last access days, days from last activity, days "
        "after last login, number of days since last login, number of days inactive, last used days ago, days since "
        "app use, days unused, inactivity period days, days dormant, dormant days, jours depuis derniere connexion, "
        "tage seit letztem login"
    ),
    "support_tickets": (
        "tickets last month, tickets per month, ticket volume, ticket total, tickets raised, raised tickets, "
        "tickets logged, support ticket total, helpdesk requests, help requests, support emails, support chats, "
        "support conversations, support issues, customer complaints, total complaints, calls to customer service, "
        "customer support calls, cs tickets, intercom conversations, support case count"
    ),
    "mrr": ("net mrr usd, mrr eur, mrr gbp, mrr local, gross mrr, contracted mrr"),
    "last_login_at": (
        "last logon, last logon date, last login timestamp, last seen on, last seen time, last signed in, last "
        "signed in at, last user activity, last user login, last app open, last opened, last used, last used date, "
        "last usage, last engaged, last active on, latest activity, latest activity date, date last active, date "
        "last seen, derniere connexion, letzter login, letzte anmeldung, ultimo acceso"
    ),
    "canceled_at": (
        "cancellation time, cancel time, cancelled time, cancellation timestamp, cancelled datetime, churn time, "
        "churn month, date of cancellation, date of churn, date of termination, subscription cancellation date, "
        "subscription cancel date, membership end date, membership cancelled date, account closed date, account "
        "closure date, account close date, unsubscribed at, unsubscribe date, ended date, date ended, "
        "kundigungsdatum, date de resiliation, fecha de baja"
    ),
    "churned": (
        "churn yes no, churned yn, churned customer, is attrited, attrition label, attrition status, did churn, has "
        "cancelled, has canceled, cancelled yn, canceled yn, lost flag, customer lost, is gone, left company, "
        "customer left, is terminated, terminated flag, resigned, abandoned, abandono, resilie, gekundigt"
    ),
    "monthly_charges": (
        "monthly charges usd, monthly charge amount, recurring charge, monthly recurring charges, monthly invoice "
        "amount, avg monthly bill, avg monthly charge, monthly plan charge, monthly service fee"
    ),
    "total_charges": (
        "total charges usd, total charges amount, total invoiced, total revenue to date, lifetime amount paid, "
        "cumulative revenue, cumulative bill, cumulative billing, total spend to date, total payments made, sum of "
        "charges, total charge amount, overall spend, all time charges, charges total, lifetime billing, total "
        "customer charges, total paid to date, billed to date"
    ),
    "contract": (
        "contract kind name, contract type name, type of plan contract, contract length months, contract term "
        "months, contract cycle, contract commitment type, commitment type, commitment length, agreement length, "
        "agreement duration, minimum term, minimum contract term, vertragslaufzeit, duree du contrat, tipo de "
        "contrato"
    ),
}
