"""What tools, exports and data sets call the SaaS columns: sure, likely and weak names (see aliases)."""

SAAS: dict[str, tuple[str, str, str]] = {
    "mrr": (
        "monthly recurring revenue, current mrr, mrr amount, total mrr, net mrr, customer mrr, subscription mrr, "
        "mrr value, monthly revenue, monthly recurring amount, recurring monthly revenue, mrr usd, mrr total, "
        "active mrr, monthly subscription revenue, ending mrr, latest mrr",
        "monthly charges, monthly charge, monthly fee, monthly spend, monthly price, monthly amount, monthly "
        "payment, monthly billing, monthly subscription fee, monthly value, monthly cost, price per month, fee per "
        "month, revenue per month, amount per month, monthly subscription, monthly bill, bill avg, average monthly "
        "bill, monthly plan price, avg monthly revenue, arpu, arpa",
        "amount, price, amount value, price amount, line price, transaction amount, weekly fee, order total, "
        "recurring total, plan amount, plan price, fee, subscription cost, "
        "subscription price, subscription amount, "
        "subscription fee, unit price, plan unit price, recurring amount, revenue, charge, spend",
    ),
    "total_revenue": (
        "total charges, total spend, total spent, lifetime revenue, customer lifetime revenue, revenue to date, "
        "total paid, total amount paid, total payments amount, cumulative revenue, total billed, lifetime spend, "
        "all time revenue, total collected, total revenue to date, net revenue to date, total sales, lifetime "
        "sales, amount paid to date, total charge, gross lifetime revenue",
        "paid so far, spent so far, billed so far, revenue so far, ltv, lifetime value, customer lifetime value, "
        "cltv, clv, total revenue usd, revenue total, net revenue, "
        "total payments, total invoiced, amount spent, total purchase amount, historical revenue",
        "total, sum paid, amount paid, revenue",
    ),
    "plan_type": (
        "plan, plan name, plan tier, plan title, plan level, plan code, subscription plan, subscription plan name, "
        "subscription type, subscription tier, subscription name, current plan, pricing plan, price plan, pricing "
        "tier, plan category, account plan, plan group, membership type, membership plan, membership tier, billing "
        "plan",
        "products, product names, line items, order items, membresia, lidmaatschap type, plans, tier, tiers, "
        "tier name, package, package name, package type, product plan, plan id, plan uuid, "
        "plan key, plan external id, plan description, account tier, edition, license type, licence type, product "
        "name, product tier, price name, item price id, service plan, bundle, subscription level, membership, "
        "customer tier",
        "product, item, level, sku, sku id, variant, variants, variant name, variant title, prodotto, produto, "
        "producto, produkt, produit, subscription, type of plan, account type, product id",
    ),
    "billing_interval": (
        "billing period, billing frequency, billing cycle, billing term, billing interval unit, subscription "
        "interval, plan interval, payment frequency, payment interval, subscription period, subscription term, "
        "renewal period, billing schedule, billing cadence, payment cycle, invoice frequency, invoicing frequency, "
        "contract type, billing period unit, recurring interval, renewal interval, renewal frequency, charge "
        "interval, payment schedule",
        "interval, contract, contract length, contract term, contract duration, contract period, cycle, period "
        "unit, plan period, plan term, plan cycle, term length, commitment, commitment term, frequency of billing, "
        "billed",
        "frequency, term, period, subscription length, billing, remaining contract",
    ),
    "seats_purchased": (
        "seats, seat count, number of seats, paid seats, licensed seats, total seats, seats bought, seats paid, "
        "seats contracted, licenses, licences, licenses purchased, licences purchased, license count, licence "
        "count, number of licenses, paid licenses, user licenses, seats licensed, seats sold, contracted seats, "
        "seat limit",
        "quantity, subscription quantity, plan quantity, active subscription quantity, seats allocated, seat "
        "quantity, paid users, licensed users, users purchased, user limit, max users, seats available, purchased "
        "licenses, total licenses, total licences, license quantity, unique subs",
        "qty, units, capacity",
    ),
    "seats_used": (
        "used seats, seats active, active seats, seats in use, seats occupied, assigned seats, seats assigned, "
        "seats filled, licenses used, licences used, active licenses, licenses assigned, licenses active, seat "
        "usage, seats consumed, consumed seats, licenses in use, occupied seats, seats taken",
        "active users, people, number of users, num users, user count, total users, users, number of active "
        "users, team "
        "size, monthly active users, mau, active user count, team members, members count, users count, activated "
        "users, active members, provisioned users, active subs, users active, members",
        " headcount in product, people count",
    ),
    "feature_usage_score": (
        "usage score, product usage score, feature adoption score, adoption score, engagement score, product "
        "engagement score, feature usage, feature adoption, product adoption score, usage index, "
        "activity score, feature usage rate, feature adoption rate, product score, engagement index, adoption rate",
        "features used, number of features used, active features, feature count used, usage level, usage percent, "
        "usage rate, product usage, engagement rate, feature usage "
        "percent",
        "usage, engagement, adoption, activity, score, health score, customer health score, customer health, health",
    ),
    "logins_per_month": (
        "monthly logins, logins monthly, logins last 30 days, logins 30d, login count 30d, num logins 30d, logins "
        "last month, login frequency, logins in last 30 days, login count last 30 days, monthly login count, avg "
        "monthly logins, average logins per month, avg logins per month, monthly sessions, sessions per month, "
        "logins past 30 days, last 30 day logins, login count monthly, logins this month, number of logins last "
        "month",
        "logins, login count, number of logins, total logins, num logins, sessions 30d, sessions last 30 days, "
        "usage frequency, session count, sign ins, sign in count, sign ins last 30 days, monthly visits, logins "
        "count",
        "sessions, visits, frequency of use",
    ),
    "days_since_last_login": (
        "days since login, last login days ago, last login days, days since last activity, days since last active, "
        "days since last seen, days inactive, inactive days, days since last session, last seen days ago, last "
        "active days ago, days since last visit, last activity days ago, days of inactivity, days since active, "
        "inactivity days, days since last sign in, days without login, last login in days, days from last login, "
        "days not logged in, days since last use, days since last usage, days last login",
        "recency days, recency, last interaction, last interaction days, days since last interaction, login "
        "recency, days since last engagement, days since last event, days idle, idle days",
        "last login, last activity, last seen",
    ),
    "api_calls_per_month": (
        "api calls, monthly api calls, api calls monthly, api requests, api requests per month, monthly api "
        "requests, api usage, api call count, api calls last 30 days, api calls 30d, number of api calls, api "
        "requests 30d, api call volume, total api calls, api hits, api requests monthly, avg monthly api calls, "
        "api volume, api count",
        "requests per month, monthly requests, api requests last 30 days, calls to api, api transactions",
        "requests",
    ),
    "support_tickets": (
        "tickets, support cases, support ticket count, number of support tickets, num support tickets, ticket "
        "count, tickets opened, tickets created, support requests, open tickets, total tickets, tickets submitted, "
        "support calls, customer service calls, number customer service calls, support contacts, helpdesk tickets, "
        "customer care calls, number of tickets, support ticket volume, tickets last 90 days, tickets last 30 "
        "days, support interactions, support tickets opened, zendesk tickets, service tickets, customer support "
        "tickets",
        "cases, complaints, number of complaints, complaint count, service requests, num tickets, support "
        "incidents, issues reported, service calls, calls to support, service failure count, care calls, helpdesk "
        "calls, incidents",
        "issues, support, contacts, service failures",
    ),
    "nps_score": (
        "nps, net promoter score, nps rating, latest nps, last nps, nps value, nps response, last nps score, nps "
        "survey score, net promoter, latest nps score, nps latest, current nps, recent nps, avg nps, nps score "
        "latest",
        "promoter score, likelihood to recommend, recommend score, nps survey, nps answer, recommendation score",
        "survey score",
    ),
    "failed_payments": (
        "payment failures, failed payment count, number of failed payments, num failed payments, failed charges, "
        "failed transactions, payment failure count, declined payments, failed invoices, failed payment attempts, "
        "failed charge count, payments failed, declined charges, unsuccessful payments, payment fails, payment "
        "declines, failed billing attempts, past due invoices, billing failures",
        "dunning count, payment errors, overdue invoices, missed payments, late payments, unpaid invoices, number "
        "of late payments, chargebacks, bounced payments, delinquent payments, overdue payments",
        "payment issues, declines, failures",
    ),
    "discount_percent": (
        "discount pct, discount percentage, discount rate, percent discount, percentage discount, pct discount, "
        "discount percent off, percent off, coupon percent off, current discount percent, discount applied "
        "percent, average discount percent, avg discount percent, price discount percent, percent off list",
        "discount, discount level, applied discount, coupon percent, current discount, price discount, rebate percent",
        "coupon, promotion, discount applied, rebate",
    ),
    "company_size": (
        "size of company, company size band, company size category, business size, organization size, organisation "
        "size, employee count, number of employees, employees, num employees, company headcount, headcount, "
        "employee range, employee band, company employees, customer size, account size, org size, firm size, "
        "company size range, employees range, staff count, total employees",
        "segment, customer segment, account segment, market segment, business segment, company segment, staff "
        "size, company type, size band, size segment",
        "size, segment name, tamano, taille, grosse, groesse, tamanho, dimensione, wielkosc, storlek, storrelse, "
        "omvang",
    ),
    "industry": (
        "customer industry, company industry, industry vertical, industry name, industry type, industry sector, "
        "vertical, business industry, account industry, industry segment, industry category, industry group",
        "sector, market vertical, business sector, line of business, business type, trade, branch, branche",
        "field, market, category",
    ),
    "country": (
        "country code, country name, billing country, customer country, country region, country iso, country id, "
        "billing address country, company country, country of residence, address country, addresses country, home "
        "country, account country, card address country, country code iso, geo country, billing country code",
        "geography, nation, land, pays, pais, mailing country, shipping country, location country",
        "location, region, geo, territory",
    ),
    "signup_date": (
        "signed up, signed up at, signup, signup at, signed up on, registration date, registered at, registered "
        "on, date registered, join date, joined, joined at, joined on, date joined, customer since, started at, "
        "subscription started at, subscription start date, subscription start, date of signup, member since, "
        "activation date, activated on, activated at, first subscription date, became a customer date, "
        "became customer date, account "
        "created, account created at, account created date, onboarding date, customer start date, subscribed at",
        "first payment date, customer date, paid since, first "
        "paid date, first paid at, start date, created at, created, created date, create date, date created, "
        "creation date, customer "
        "created, created on, subscription created at, enrollment date, since, contract start date, contract "
        "start, subscription date, created time, conversion date, subscription created",
        "date, start, opened, open date, first seen, begin date",
    ),
    "last_login_at": (
        "last login, last login date, last logged in, last sign in, last sign in at, last seen, last seen at, last "
        "active, last active at, last active date, last activity, last activity date, last activity at, last login "
        "time, last logged in at, last session, last session at, date of last login, most recent login, last seen "
        "date, last used at, last visit, last visit date, latest login, last access, last accessed at",
        "last request at, last event at, last interaction date, last usage date, last engagement "
        "date, last heard from, most recent activity, last interaction",
        "last updated, recent activity",
    ),
    "canceled_at": (
        "cancelled at, canceled on, cancelled on, cancellation date, cancel date, canceled date, cancelled date, "
        "date canceled, date cancelled, churn date, churned at, churned on, churned date, date churned, "
        "subscription end date, subscription canceled at, subscription cancelled at, termination date, terminated "
        "at, subscription ended at, cancel at, canceled at utc, subscription end, exit date, cancellation "
        "effective date",
        "end date, ended at, ended on, deleted at, expired at, expiry date, expiration date, deactivated at, "
        "deactivation date, contract end date, expires at, closed date, date closed, left on, subscription expired "
        "at",
        "end, closed, expires, stop date, close date",
    ),
    "status": (
        "subscription status, account status, customer status, billing status, current status, subscription state, "
        "status name, membership status, subscriber status, plan status, subscription status name, lifecycle "
        "status",
        "state of subscription, lifecycle stage, subscription lifecycle, active status, user status",
        "is active, active, stage, account state",
    ),
    "customer_name": (
        "company name, company, account name, client name, organization name, organisation name, full name, "
        "business name, customer full name, user name full, subscriber name, customer company, organization, "
        "organisation, org name, workspace name, team name, customer display name, company legal name, addresses "
        "company, legal name",
        "first name, contact name, name, surname, display name, last name, account holder, kunde, firm, firma, "
        "employer",
        "username, title, lead name, associated company",
    ),
    "customer_email": (
        "email, email address, customer mail, contact email, billing email, user email, primary email, account "
        "email, subscriber email, client email, customer email address, mail address, addresses email, work email, "
        "company email, login email, email id",
        "user principal name, upn, purchase email, receipt email, paypal email, mail, owner email, admin "
        "email, courriel, correo",
        "login",
    ),
}
