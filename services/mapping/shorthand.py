"""Short forms that warehouses and old systems write, and the word each stands for, as reviewed data (field usage)."""

_SHORT = (
    "nm name, cd code, dte date, tm time, mth month, mnth month, mnths months, yr year, wk week, dys days, "
    "disco disconnected, cls closed, clsd closed, opn opened, opnd opened, crt created, crtd created, cre created, "
    "strt started, "
    "canc canceled, cncl canceled, cxl canceled, cncld canceled, cancld canceled, trm terminated, "
    "delq delinquent, act activated, act activation, dec decimal, usr users, deact deactivated, deactv deactivated, "
    "deactvd deactivated, deactvtn deactivation, expr expired, exp expired, "
    "actv active, actv activated, actvd activated, "
    "actvn activation, act active, actvtn activation, activ activation, sts status, stat status, stts status, "
    "bk book, bil billing, bll billing, blg billing, bllng billing, freq frequency, frq frequency, "
    "prd period, pd period, prod product, prdct product, pkg package, pln plan, subs subscription, "
    "subscr subscription, sbscr subscription, sbscrptn subscription, sbsc subscription, subscrptn subscription, "
    "pmt payment, pymt payment, pym payment, pymnt payment, pmnt payment, mthd method, meth method, typ type, "
    "fail failed, fld failed, decl declined, cnt count, ct count, nbr number, lic licenses, lics licenses, "
    "usr user, usrs users, lgn login, lgns logins, lgon logon, snc since, lst last, scr score, "
    "indus industry, indstry industry, inds industry, ind industry, emp employees, empl employees, emps employees, "
    "rng range, bnd band, sz size, flg flag, fl flag, chrn churn, chn churn, amt amount, amnt amount, avg average, "
    "tot total, ttl total, rev revenue, rvn revenue, chrg charge, chrgs charges, chg charge, chgs charges, "
    "rec recurring, recur recurring, recurr recurring, disc discount, dscnt discount, dsc discount, pct percent, "
    "prc percent, perc percent, ctry country, cntry country, cntr contract, contr contract, ctrct contract, "
    "cntrct contract, seg segment, sgmt segment, segm segment, feat feature, ftr feature, usg usage, "
    "tkt ticket, tckt ticket, tix tickets, tkts tickets, tcks tickets, supp support, spt support, sprt support, "
    "srv service, srvc service, svc service, serv service, cl calls, clls calls, req requests, reqs requests, rqst "
    "requests, "
    "sess sessions, eml email, addr address, adr address, tnr tenure, tenr tenure, dur duration, "
    "lgth length, len length, reg registered, regn registration, regist registration, sgnup signup, sgn signup, "
    "onb onboarding, orig original, eff effective, curr current, cur current, crnt current, intvl interval, "
    "intrvl interval, cyc cycle, prim primary, compl complaints, cmplnt complaints, qty quantity, qnty quantity, "
    "co company, comp company, org organization, memb member, mbr member, mbrs members, custs customers, "
    "customr customer, cstmr customer, cus customer, cli client, clnt client, acnt account, accnt account, "
    "ac account, ctn subscription, suspd suspended, orig original, subr subscriber, sbr subscriber, ltst "
    "latest, prev previous, mo month, engmt engagement, "
    "adopt adoption, lvl level, bal balance, inv invoice, invc invoice, ord order, ords orders"
)

SHORTHAND: dict[str, tuple[str, ...]] = {}
for _pair in _SHORT.split(", "):
    _short, _word = _pair.split()
    SHORTHAND[_short] = (*SHORTHAND.get(_short, ()), _word)
"""The words that each short form may stand for."""
