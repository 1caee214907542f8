"""Names of the columns in German, French, Spanish, Italian, Portuguese and Dutch, as reviewed data (field usage)."""

LANGUAGE_NAMES: dict[str, str] = {
    "customer_id": (
        "abonnentennummer, abonnenten nr, teilnehmernummer, anschlussnummer, vertragsnummer, vertrags nr, "
        "vertragsnr, n abonne, numero abonne, numero d abonne, num abonne, id abonne, n contrat, numero de contrat, "
        "numero contrat, ref abonne, n adherent, numero adherent, n compte, numero de compte, numero de abonado, id "
        "abonado, id suscriptor, numero de contrato, codice contratto, numero contratto, codice abbonato, "
        "contractnummer, abonneenummer, id kunde, kunden kennung, "
        "kd nr, kd nummer, kunden id, kundenkennung, debitor, debitorennummer, debitor nr, debitorennr, "
        "mitgliedsnummer, mitglieds nr, vertragskonto, n client, no client, nr client, numero client, num client, "
        "code client, identifiant client, ref client, reference client, n de client, numero de client, numero "
        "cliente, numero de cliente, n cliente, nro cliente, no cliente, codigo cliente, codigo de cliente, cod "
        "cliente, codice cliente, id utente, numero abbonato, codigo do cliente, id do cliente, klantnummer, klant "
        "nr, klant id, klantcode, debiteurnummer, relatienummer"
    ),
    "tenure_months": (
        "anciennete, anciennete client, anciennete client mois, duree d abonnement, duree abonnement, duree "
        "abonnement mois, kundenalter, kundenalter monate, vertragsdauer, vertragsdauer monate, laufzeit bisher, "
        "monate aktiv, meses activo, meses de servicio, meses contratados, antiguedad, antiguedad cliente, "
        "anzianita cliente, mesi attivo, mesi di contratto, tempo de contrato, meses ativo, klantduur, maanden "
        "actief, "
        "kunde seit monaten, monate als kunde, kundendauer monate, vertragsmonate, anciennete mois, anciennete en "
        "mois, mois d anciennete, antiguedad meses, antiguedad en meses, meses como cliente, anzianita mesi, mesi di "
        "anzianita, meses de contrato, tempo de casa meses, maanden klant, klantduur maanden"
    ),
    "mrr": (
        "абонентская плата, абонплата, monthly recurring, "
        "basispreis, grundpreis, paketpreis, maandbedrag, cargo mensual, cargos mensuales, monatliche "
        "kosten, monatliche gebuhr, frais mensuels, charges mensuelles, spesa mensile, costo mensile, custo "
        "mensal, valor mensual, importe mensual, "
        "beitrag, betrag monatlich, monatlicher betrag, monatlicher preis, monatspauschale, abopreis, abo preis, "
        "abo gebuhr, grundpreis monat, mrr netto, mrr eur, mensualite ht, forfait mensuel, prix par mois, tarif "
        "mensuel ht, montant mensuel ht, abonnement par mois, facture mensuelle, precio por mes, cuota, "
        "mensualidad, cuota al mes, tarifa mensual, pago mensual, abbonamento mensile, quota mensile, costo "
        "mensile, prezzo al mese, valor mensal r, valor da mensalidade, bedrag per maand, prijs per maand, "
        "abonnementsprijs, "
        "monatsbeitrag, monatlicher beitrag, monatsgebuhr, monatsgebuehr, monatspreis, monatsumsatz, monatliche "
        "kosten, monatsrate, beitrag monat, umsatz monat, abo preis monat, abonnement mensuel, mensualite, montant "
        "mensuel, prix mensuel, tarif mensuel, revenu mensuel, ca mensuel, redevance mensuelle, cuota mensual, "
        "importe mensual, precio mensual, ingreso mensual, ingresos mensuales, facturacion mensual, canone mensile, "
        "importo mensile, prezzo mensile, ricavo mensile, valor mensal, mensalidade, preco mensal, receita mensal, "
        "maandbedrag, maandprijs, maandelijks bedrag, maandomzet, maandtarief"
    ),
    "total_revenue": (
        "cargo total, cargos totales, gesamtkosten, gesamtgebuhren, frais totaux, charges totales, costo "
        "totale, custo total, importe total, valor total, "
        "umsatz gesamt, umsatz bisher, umsatz kumuliert, summe umsatz, ca cumule, ca total, chiffre d affaires, "
        "chiffre d affaires cumule, total facture, total paye, montant total, total facturado, ingresos acumulados, "
        "facturacion total, total pagado, importe total, fatturato totale, totale pagato, totale fatturato, ricavi "
        "totali, receita total, total pago, faturamento total, totale omzet, omzet totaal, totaal betaald"
    ),
    "plan_type": (
        "tarif, tarifname, paket, produktpaket, abo, abo typ, abo modell, tarifmodell, vertragsart, produkt, formule, "
        "forfait, offre, type d abonnement, type abonnement, abonnement, tipo de plan, tipo plan, plan contratado, "
        "tipo de suscripcion, tarifa, piano, tipo abbonamento, plano, tipo de assinatura, pakket, abonnementsvorm, "
        "abonnementstype, tariff plan, tariff, tariff name, price plan code, plan family, product line"
    ),
    "billing_interval": (
        "zahlweise, zahlungsweise, zahlungsintervall, abrechnungsintervall, abrechnungszyklus, zahlungsturnus, "
        "abrechnung, laufzeit, vertragslaufzeit, periodicite, periodicite de facturation, frequence de paiement, "
        "cycle de facturation, rythme de facturation, duree d engagement, engagement, periodicidad de pago, "
        "frecuencia de pago, frecuencia de facturacion, ciclo de facturacion, frequenza di fatturazione, frequenza "
        "fatturazione, periodicita, ciclo di fatturazione, periodicidade, ciclo de cobranca, betaaltermijn, "
        "betaalfrequentie, facturatieperiode, betaalperiode"
    ),
    "payment_method": (
        "zahlart, zahlungsmethode, zahlungsmittel, zahlungsweg, bezahlart, bezahlmethode, mode de paiement, mode de "
        "reglement, moyen de reglement, mode paiement, metodo de pago, forma de pago, medio de pago, metodo di "
        "pagamento, modalita di pagamento, metodo pagamento, forma de pagamento, metodo de pagamento, meio de "
        "pagamento, betaalmethode, betaalwijze, betalingswijze"
    ),
    "seats_purchased": (
        "anzahl lizenzen, gekaufte lizenzen, gebuchte lizenzen, arbeitsplatze, arbeitsplaetze, nombre de licences, nb "
        "licences, licences achetees, nombre de postes, postes, sieges, licencias, numero de licencias, licencias "
        "contratadas, puestos, licenze, numero licenze, postazioni, licencas, aantal licenties, licenties"
    ),
    "seats_used": (
        "aktive nutzer, aktive benutzer, anzahl nutzer, anzahl benutzer, genutzte lizenzen, nutzer, benutzer, nb "
        "utilisateurs, nb d utilisateurs, nombre d utilisateurs, utilisateurs actifs, utilisateurs, licences "
        "utilisees, usuarios activos, numero de usuarios, usuarios, licencias usadas, utenti attivi, numero utenti, "
        "utenti, usuarios ativos, actieve gebruikers, aantal gebruikers, gebruikers"
    ),
    "feature_usage_score": (
        "nutzungsgrad, nutzungsindex, nutzungsscore, nutzung, taux d utilisation, score d utilisation, indice d "
        "utilisation, nivel de uso, indice de uso, tasa de uso, indice di utilizzo, grado di utilizzo, gebruiksscore"
    ),
    "logins_per_month": (
        "logins pro monat, anmeldungen monat, logins letzte 30 tage, nb connexions, connexions 30 jours, nombre de "
        "connexions, accesos por mes, inicios de sesion, accesos mensuales, accessi mensili, accessi al mese, acessos "
        "por mes, inlogs per maand"
    ),
    "days_since_last_login": (
        "tage seit letzter anmeldung, tage ohne login, inaktive tage, jours d inactivite, dias desde ultimo acceso, "
        "dias sin acceso, dias de inactividad, giorni dall ultimo accesso, giorni di inattivita, dias desde o ultimo "
        "acesso, dagen sinds laatste login"
    ),
    "last_login_at": (
        "letztes login, zuletzt aktiv, zuletzt angemeldet, zuletzt gesehen, letzte aktivitat, letzte aktivitaet, "
        "letzter zugriff, derniere activite, dernier acces, date de derniere connexion, ultima conexion, ultima "
        "actividad, fecha ultimo acceso, ultimo accesso, ultima attivita, ultimo login, ultimo acesso, ultima "
        "atividade, laatste login, laatst actief, laatste activiteit"
    ),
    "support_tickets": (
        "appels sav, appels au sav, appels support, appels au support, appels service client, appels au service "
        "client, contacts sav, tickets sav, anrufe, hotline anrufe, anrufe hotline, anrufe kundendienst, "
        "storungsmeldungen, stoerungsmeldungen, llamadas soporte, llamadas a soporte, llamadas al servicio, "
        "chiamate assistenza, chiamate al servizio clienti, segnalazioni, "
        "anzahl tickets, supportanfragen, offene tickets, anfragen, beschwerden, reklamationen, tickets ouverts, nb "
        "tickets, nombre de tickets, demandes de support, demandes support, reclamations, tickets abiertos, numero de "
        "tickets, incidencias, solicitudes de soporte, quejas, reclamaciones, ticket aperti, numero ticket, richieste "
        "di assistenza, reclami, chamados, chamados de suporte, aantal tickets, klachten"
    ),
    "failed_payments": (
        "rucklastschriften, ruecklastschriften, rucklastschrift, zahlungsausfalle, zahlungsausfaelle, fehlgeschlagene "
        "zahlungen, mahnungen, offene rechnungen, impayes, paiements echoues, echecs de paiement, prelevements "
        "rejetes, rejets de prelevement, pagos fallidos, pagos rechazados, recibos devueltos, impagos, pagamenti "
        "falliti, insoluti, pagamentos falhados, pagamentos recusados, mislukte betalingen, storneringen"
    ),
    "discount_percent": (
        "rabatt, rabatt prozent, rabattsatz, nachlass, remise, taux de remise, remise accordee, reduction, descuento, "
        "porcentaje de descuento, descuento porcentaje, sconto, sconto percentuale, percentuale sconto, desconto, "
        "korting, kortingspercentage"
    ),
    "company_size": (
        "mitarbeiterzahl, anzahl mitarbeiter, mitarbeiter, unternehmensgrosse, unternehmensgroesse, firmengrosse, "
        "firmengroesse, effectif, effectifs, nombre d employes, nombre de salaries, nb salaries, taille de l "
        "entreprise, taille entreprise, tamano de empresa, tamano empresa, numero de empleados, empleados, numero "
        "dipendenti, dipendenti, dimensione azienda, tamanho da empresa, funcionarios, aantal medewerkers, "
        "medewerkers, bedrijfsgrootte"
    ),
    "industry": (
        "branchen, wirtschaftszweig, secteur, secteur d activite, secteur activite, sector de actividad, industria, "
        "giro, rubro, settore, settore di attivita, setor, ramo de atividade, bedrijfstak, sektor"
    ),
    "country": ("maa, staat land, pays de facturation, pais de facturacion, paese, nazione"),
    "signup_date": (
        "date d abonnement, date abonnement, date d ouverture, date de mise en service, mise en service, date d "
        "activation, date activation, inscrit le, souscrit le, cree le, anschlussdatum, freischaltung, "
        "freischaltdatum, kundenbeginn, eintrittsdatum kunde, abobeginn, abo beginn, abo start, contratado el, "
        "fecha de contratacion, fecha contratacion, fecha de activacion, fecha de creacion, data contratto, data di "
        "inizio, data ativacao, data de contratacao, klant vanaf, datum aanmelding, "
        "kunde seit, kundin seit, abschlussdatum, vertragsbeginn, vertragsstart, vertragsabschluss, anmeldedatum, "
        "registrierungsdatum, eintrittsdatum, eintritt, beitrittsdatum, startdatum, beginn, angelegt am, erstellt am, "
        "aktivierungsdatum, client depuis, date de souscription, date souscription, date d inscription, date d "
        "adhesion, date de debut, date debut, date de creation, date creation, debut contrat, debut abonnement, fecha "
        "de alta, fecha alta, alta, cliente desde, fecha de inicio, fecha inicio, fecha de registro, fecha registro, "
        "fecha de suscripcion, data di iscrizione, data iscrizione, cliente dal, data inizio, data di attivazione, "
        "data attivazione, data registrazione, data de cadastro, data de inicio, data inicio, data de adesao, klant "
        "sinds, startdatum contract, ingangsdatum, begindatum, aanmelddatum, inschrijfdatum, aangemaakt op"
    ),
    "canceled_at": (
        "opgezegd per, opgezegd op, gekundigt per, resilie le, cancelado el, dado de baja el, disdetto il, "
        "date de depart client, date de cloture, date d expiration, resiliee le, annule le, desabonne le, abo ende, "
        "aboende, vertragsende am, beendet am, storniert am, storno am, abgemeldet am, fecha de terminacion, "
        "cancelado el, dado de baja el, data recesso, data di recesso, disdetto il, cancelado em, datum opzegging, "
        "gekundigt zum, gekuendigt zum, gekundigt am, gekuendigt am, kuendigungsdatum, kundigung zum, kuendigung zum, "
        "kundigung, kuendigung, vertragsende, enddatum, ende, austrittsdatum, austritt, abgang am, date resiliation, "
        "resilie le, resiliation, date de fin, date fin, fin de contrat, fin abonnement, date de depart, fecha baja, "
        "baja, fecha de cancelacion, fecha cancelacion, fecha fin, fecha de fin, data disdetta, data di disdetta, "
        "disdetta, data cancellazione, data fine, data de cancelamento, data cancelamento, data de termino, "
        "opzegdatum, opgezegd op, opzegging, einddatum, beeindigd op"
    ),
    "status": (
        "zustand, vertragsstatus, kundenstatus, abo status, statut, statut abonnement, statut client, etat, estado, "
        "estado de la suscripcion, estado cliente, estado del cliente, stato, stato abbonamento, stato cliente, "
        "situacao, klantstatus, abonnementsstatus"
    ),
    "customer_name": (
        "ad soyad, adı soyadı, név, nume, "
        "kundenname, firmenname, unternehmen, unternehmensname, raison sociale, nom du client, nom client, nom de l "
        "entreprise, entreprise, societe, nom, razon social, nombre del cliente, nombre cliente, nombre de la "
        "empresa, empresa, ragione sociale, nome cliente, nome azienda, azienda, razao social, nome do cliente, nome "
        "da empresa, bedrijfsnaam, klantnaam, bedrijf"
    ),
    "customer_email": (
        "e mail adresse, mailadresse, mail kontakt, e mail kontakt, adresse e mail, adresse mail, adresse "
        "electronique, mail du contact, email du contact, email contact, correo electronico, direccion de correo, "
        "email de contacto, indirizzo email, posta elettronica, e mailadres, mailadres"
    ),
    "churned": (
        "gekundigt, gekuendigt, kundigung ja nein, abgegangen, parti, partie, est parti, a quitte, resiliee, "
        "churne, dado de baja, se fue, se dio de baja, abbandonato il servizio, disdetto, ha disdetto, saiu, is "
        "vertrokken, "
        "gekundigt ja nein, gekuendigt ja nein, abgewandert, ist gekundigt, verloren, resilie oui non, client perdu, "
        "perdu, a resilie, ha cancelado, cancelado, cliente perdido, perdido, baja si no, abbandonato, perso, cliente "
        "perso, cancelou, opgezegd, vertrokken"
    ),
    "gender": ("sesso, geslacht, genre, civilite, anrede"),
    "senior_citizen": (
        "adulto mayor, tercera edad, anziano, idoso, personne agee, rentner, "
        "rentner, ruheständler, retraite, pensionne, plus de 65 ans, uber 65, pensionista, jubilado, anziano, "
        "gepensioneerd"
    ),
    "partner": (
        "en couple, marie, verheiratet, partnerschaft, familienstand, situation familiale, situation maritale, "
        "pareja, casado, estado civil, coniugato, stato civile"
    ),
    "dependents": (
        "angehorige, angehoerige, dependientes, personnes a charge, persone a carico, personas a cargo, "
        "hijos, kinder, enfants, figli, filhos, kinderen, "
        "enfants, enfants a charge, personnes a charge, kinder, kinder im haushalt, hijos, personas a cargo, figli, "
        "familiari a carico, kinderen"
    ),
    "phone_service": (
        "telefondienst, servicio telefonico, servicio de telefono, service telephonique, servizio "
        "telefonico, servico telefonico, telefoondienst, "
        "telephone fixe, ligne fixe, telephonie, telephonie fixe, festnetz, telefonanschluss, telefonie, telefono "
        "fijo, telefonia fija, telefonia, linea fissa, vaste lijn"
    ),
    "multiple_lines": (
        "plusieurs lignes, lignes multiples, multi lignes, mehrere leitungen, mehrere anschlusse, varias lineas, "
        "lineas multiples, piu linee"
    ),
    "internet_service": (
        "internetdienst, servicio internet, servicio de internet, service internet, servizio internet, "
        "servico de internet, tech type, "
        "type internet, type d acces, acces internet, type de connexion, technologie, technologie d acces, "
        "internetanschluss, anschlussart, internetart, tipo de internet, tipo de conexion, tipo internet, tipo di "
        "connessione, tecnologia, type internet aansluiting"
    ),
    "online_security": (
        "securite en ligne, option securite, online sicherheit, sicherheitspaket, seguridad online, seguridad en "
        "linea, sicurezza online"
    ),
    "online_backup": (
        "sauvegarde en ligne, sauvegarde, online sicherung, datensicherung, copia de seguridad, backup en linea, "
        "backup online"
    ),
    "device_protection": (
        "assurance appareil, protection appareil, assurance mobile, gerateschutz, geraeteschutz, "
        "gerateversicherung, seguro de dispositivo, proteccion de dispositivo, protezione dispositivo"
    ),
    "tech_support": (
        "assistance technique, support technique, technischer support, technischer kundendienst, soporte tecnico, "
        "asistencia tecnica, assistenza tecnica"
    ),
    "streaming_tv": (
        "option tv, television par internet, bouquet tv, fernsehen, tv paket, television, tv en streaming, tv in "
        "streaming"
    ),
    "streaming_movies": (
        "option cinema, films a la demande, filmpaket, peliculas, peliculas en streaming, film in streaming"
    ),
    "paperless_billing": (
        "facturacion electronica, facturacion sin papel, papierlose rechnung, e rechnung, facturation "
        "electronique, fatturazione elettronica, fatura eletronica, digitale factuur, "
        "facture electronique, facture en ligne, e facture, facture dematerialisee, papierlose rechnung, online "
        "rechnung, rechnung online, factura electronica, factura digital, fattura elettronica, digitale factuur"
    ),
}
"""Names of the canonical columns in six languages, likely ones (see aliases)."""
