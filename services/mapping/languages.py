"""The field's words in German, French, Spanish, Italian, Portuguese and Dutch by their sense, as reviewed data.

Source: field usage. Accents are off, as `names.compact` leaves them; German umlauts also stand written out.
"""

LANGUAGES: dict[str, str] = {
    "CUSTOMER": (
        "klient klienta kund kunds lid leden bonds socios socia alumno alumnos soci iscritto iscritti membro "
        "mitglieds "
        "kunde kunden kundin kd kdn abonnent abonnenten teilnehmer auftraggeber client clients abonne abonnes "
        "adherent "
        "cliente clientes clienti abonado abonados suscriptor abbonato utente assinante klant klanten afnemer "
        "relatie debiteur debitor"
    ),
    "ACCOUNT": "konto compte cuenta conto conta usuario utilisateur nutzer benutzer gebruiker mitglied membre socio",
    "ORG": "firma firmen unternehmen betrieb entreprise societe empresa sociedad azienda societa bedrijf organisatie",
    "PERSON": "kontakt ansprechpartner contacto contatto contato contactpersoon",
    "SUBSCRIPTION": (
        "lidmaatschap lidmaatschaps membresia mitgliedschafts inscripcion tessera tesseramento prenumeration "
        "medlemskap "
        "abo abos abonnement abonnements abonnements vertrag vertrags suscripcion suscripciones abbonamento "
        "assinatura "
        "mitgliedschaft adhesion"
    ),
    "USERS": (
        "nutzer benutzer anwender utilisateurs usuarios utenti gebruikers nutzern benutzern mitglieder "
        "membres miembros "
    ),
    "ID": "kennung kennzeichen identifiant identificador identificativo codigo codice kenmerk schluessel schlussel",
    "NUMBER": "numer nro nummer num nr nummer nummern numero numeros num anzahl nombre nb no",
    "NAME": (
        "nazwa namn navn imie bezeichnung nom nombre nome naam namen intitule denominacion denominazione omschrijving"
    ),
    "FIRSTNAME": "vorname prenom voornaam",
    "LASTNAME": "nachname familienname apellido apellidos cognome sobrenome achternaam",
    "DATE": (
        "dato dnia dzien datum datum tag zum am fecha data jour le el dia giorno du de del da di am zeitpunkt "
        "uhrzeit heure hora ora den der "
        "van op"
    ),
    "MONTHS": "monate monaten monat monats mois meses mes mesi mese maanden maand",
    "DAYS": "tage tagen tag jours jour dias dia giorni giorno dagen",
    "YEARS": "jahre jahren jahr ans annees annee anos ano anni anno jaren jaar",
    "WEEKS": "wochen woche semaines semaine semanas settimane weken",
    "MONTHLY": (
        "monatl monatlicher mensalmente "
        "miesieczny miesieczna miesieczne miesiecznie manadsvis manatlig manedlig monatlich monatliche "
        "monatlicher monatliches monats monat mtl mensuel mensuelle mensuels mensual mensuales "
        "mensile mensili mensal mensais maandelijks maandelijkse maand mois mes mese"
    ),
    "PER": (
        "pro je letzten letzte letzter par derniers dernier dernieres sur les por ultimos ultimo ultimas ultimi per "
        "laatste in im au aux les des en"
    ),
    "UP": "inicio",
    "WINDOW": "tage tag mes mese mois mon monaten tagen mois jours dias meses giorni mesi dagen maanden jahr an",
    "AVG": "durchschnittlich durchschnittliche durchschnitt mittlere moyen moyenne promedio medio media gemiddeld",
    "CURRENT": (
        "contratada contratado contratados contratata contrattata souscrite souscrit gebuchter gebuchtes "
        "gekozen vald valgt wybrany aktuell aktuelle aktueller aktuelles derzeit netto brutto net brut ht ttc "
        "hors taxes taxe actuel "
        "actuelle actual "
        "attuale atual huidig huidige neto bruto excl incl"
    ),
    "SINCE": "seit depuis desde dal sinds da",
    "LAST": ("letzte letzter letztes letzten zuletzt dernier derniere ultima ultimo ultimas laatste laatst"),
    "AGO": "vor",
    "BEGIN": (
        "matricula "
        "rejestracji rejestracja aktywacji aktywacja indmeldelse oprettelse anslutning ingreso ingresos "
        "incorporacion entree arrivee ingresso entrata toetreding eintritt aufnahme beitrittsdatum "
        "anmeldung anmelde registrierung registrierungs abschluss vertragsabschluss aktivierung aktivierungs "
        "eintritt "
        "eintritts beitritt beitritts souscription inscription adhesion enregistrement activation alta registro "
        "inscripcion activacion iscrizione registrazione attivazione sottoscrizione adesao cadastro ativacao "
        "inschrijving aanmelding registratie activering"
    ),
    "STARTED": (
        "rozpoczecia poczatek poczatku beginn start anfang anfangs beginnt begonnen debut commence "
        "commencement inicio comienzo inizio aanvang begin "
        "ingang ingangs"
    ),
    "CREATED": (
        "erstellt angelegt anlage angelegtam erstellung cree creation creado creacion creato creazione criado "
        "aangemaakt"
    ),
    "FIRST": "erst erste erster erstes premier premiere primera primer primo prima primeiro primeira eerste",
    "END": (
        "uppsagd avslutad avslutat opsagt rezygnacji rezygnacja wypowiedzenia wypowiedzenie encerramento "
        "desligamento gekundigt gekuendigt kundigung kuendigung kundigungs kuendigungs storniert storno "
        "beendet abgang austritt "
        "austritts abwanderung abgewandert resiliation resilie resiliee depart desabonnement annule annulation baja "
        "cancelacion cancelado cancelada anulacion desistimiento disdetta disdetto cancellato cancellazione recesso "
        "cancelamento opzegging opgezegd beeindigd beeindiging geannuleerd annulering"
    ),
    "ENDED": (
        "inactivo inactif inattivo inaktiv "
        "ende endet vertragsende ablauf fin echeance termino fine scadenza vencimiento vencimento einde eind afloop"
    ),
    "ACCESS": (
        "sesion sessao sessione "
        "workout workouts entrenamiento allenamento training besuch besuche visite visites visita visitas "
        "bezoek bezoeken "
        "anmeldung login zugriff aktivitat aktivitaet einlog einloggen connexion connexions connecte activite acces "
        "utilisation acceso actividad conexion accesso attivita acesso atividade toegang activiteit inlog"
    ),
    "INACTIVE": "inaktiv inaktivitat inactivite inactif inactividad inattivita inatividade inactiviteit",
    "COUNT": (
        "anzahl zahl menge nombre nb nbre total cantidad numero quantita quantite quantidade aantal hoeveelheid "
        "qte cant"
    ),
    "MONEY": (
        "opłata cena kwota avgift pris belopp belob contributie basispreis grundpreis paketpreis monatspreis "
        "quota quote tariffa mensualidad mensualite "
        "mensualites abonnementspreis abogebuhr "
        "grundgebuhr grundgebuehr beitrag beitrage gebuhr gebuehr gebuhren preis preise umsatz umsatze erlos erloes "
        "betrag betrage kosten "
        "entgelt "
        "rechnungsbetrag zahlung zahlungen rate rechnung einnahmen ertrag pauschale montant prix tarif ca chiffre "
        "affaires "
        "revenu revenus recette recettes redevance facture facturation paiements cotisation depense depenses importe "
        "precio cuota ingreso ingresos facturacion gasto pago pagos importo prezzo canone ricavo ricavi fatturato "
        "spesa "
        "incasso valor preco receita faturamento mensalidade bedrag prijs omzet inkomsten opbrengst tarief"
    ),
    "RECURRING": "wiederkehrend wiederkehrender recurrent recurrente ricorrente recorrente terugkerend abo",
    "TOTAL": (
        "gesamt gesamter gesamte kumuliert kumulierter insgesamt summe cumule cumulee cumules totale totaux somme "
        "acumulado acumulada totales cumulato complessivo totaal cumulatief"
    ),
    "LIFETIME": "bisher bislang historique historico storico",
    "CASH": "mrr",
    "PLAN": (
        "tarifa tarifas tariffe taryfa pakiet abonemang abonnementsform medlemstyp tarif tarife tarifs paket "
        "pakete formule formules forfait forfaits offre plano piano plan pakket abonnement "
    ),
    "PRODUCT": "produkt produkte produit produits producto prodotto produto artikel leistung",
    "KIND": (
        "art typ kategorie klasse type categorie tipo categoria soort stufe niveau nivel livello nivel modell modele"
    ),
    "CONTRACT": "vertrag vertrags contrat contrats contrato contratto overeenkomst engagement contrata",
    "BILLING": (
        "contributie quota cuota cotisation beitrags beitrag mitgliedsbeitrag "
        "zahl zahlung zahlungs abrechnung abrechnungs rechnungs facturation paiement facturacion pago cobro "
        "fatturazione "
        "pagamento cobranca facturatie betaling betaal factuur vertrags contrat abo abonnement"
    ),
    "INTERVAL": (
        "intervall rhythmus turnus zyklus zeitraum weise periode periodicite frequence cycle rythme periodicidad "
        "frecuencia ciclo periodo periodicita frequenza cadenza periodicidade frequencia termijn frequentie "
        "periodiciteit"
    ),
    "TERM": (
        "laufzeit dauer bindung duree engagement duracion plazo durata permanencia vigencia duracao looptijd duur"
    ),
    "PAY": (
        "zahlung zahlungs zahl bezahl bezahlung paiement reglement pago pagos cobro pagamento pagamenti betaal "
        "betaling "
        "betalings"
    ),
    "METHOD": (
        "art weise mittel methode weg verfahren mode moyen moyens metodo forma medio metodi modalita meio wijze"
    ),
    "SEAT": (
        "lizenz lizenzen sitze platze plaetze arbeitsplatze arbeitsplaetze licence licences poste postes "
        "siege sieges "
        "licencia licencias puestos plazas licenza licenze postazioni licenca licencas licenties licentie zetels"
    ),
    "BOUGHT": (
        "gekauft gekaufte gebucht gebuchte bezahlte achetes achetees souscrits souscrites compradas contratadas "
        "acquistate"
    ),
    "USED": (
        "genutzt genutzte aktiv aktive aktiver belegt belegte utilises utilisees actifs actives usados activos "
        "attivi usate gebruikt actieve"
    ),
    "USAGE": "nutzung nutzungs usage utilisation uso utilizzo gebruik engagement",
    "FEATURE": "funktionen funktion fonctionnalites fonctionnalite funciones funcionalidades funzionalita functies",
    "SCORE": "wert punkte punktzahl index note indice puntuacion puntaje punteggio pontuacao grad",
    "LOGIN": "anmeldungen logins connexions inicios sesion accessi acessos inlogs aanmeldingen einloggungen",
    "SESSION": (
        "visites visitas besuche bezoeken visite accessi presenze asistencias asistencia presencas frequentations"
    ),
    "SUPPORT": (
        "kundendienst kundenservice assistance soporte assistenza suporte ondersteuning klantenservice "
        "atencion service "
    ),
    "TICKET": (
        "zgłoszenia zgłoszen arenden averias ocorrencias segnalazioni storungen tickets ticket anfragen "
        "supportanfragen demandes incidencias richieste chamados meldingen"
    ),
    "CASE": (
        "beschwerden reklamationen reclamations reclamation plaintes quejas reclamaciones reclami reclamacoes klachten "
    ),
    "RAISED": "offene offen ouverts ouvertes crees abiertos abiertas aperti abertos geopend",
    "FAILED": (
        "atraso atrasada atrasadas atrasados inadimplencia devueltos devueltas devuelto vencidas insoluti insolute "
        "scadute "
        "impayees retard uberfallige uberfaellige rucklastschriften "
        "fehlgeschlagen fehlgeschlagene gescheiterte offene geplatzte verspatete verspaetete echoues echecs echec "
        "rejetes "
        "rejets impayes fallidos fallidas rechazados impagados falliti respinti falhados recusados mislukte gemiste"
    ),
    "PAYMENT": (
        "parcelas cuotas mensualidades mensalidades faturas fatura boletos facturas recibos fatture factures "
        "rechnungen lastschrift "
        "zahlungen zahlung lastschriften abbuchungen paiements paiement prelevements prelevement pagos cobros "
        "pagamenti "
        "pagamentos betalingen incassos"
    ),
    "DISCOUNT": (
        "rabatt rabatte nachlass remise remises reduction rabais descuento descuentos sconto sconti desconto korting"
    ),
    "PERCENT": "prozent pourcentage taux porcentaje percentuale percentual procent",
    "EMPLOYEE": (
        "pracownikow anstallda ansatte mitarbeiter mitarbeiterzahl beschaftigte beschaeftigte angestellte "
        "personal effectif effectifs salaries "
        "employes "
        "collaborateurs empleados trabajadores plantilla dipendenti addetti funcionarios colaboradores "
        "medewerkers werknemers"
    ),
    "SIZE": "grosse groesse taille tamano dimensione dimensioni tamanho grootte klasse tranche",
    "SEGMENT": "kundensegment segmento segmente",
    "INDUSTRY": (
        "branza bransch branche branchen wirtschaftszweig sektor secteur activite sector industria settore "
        "comparto setor ramo "
        "bedrijfstak "
        "rubro giro"
    ),
    "COUNTRY": "kraj land lander pays pais paese nazione landen",
    "STATUS": "status zustand statut etat estado stato situacao situacion toestand lage",
    "EMAIL": "epost eposta email mail correo courriel posta elettronica electronico epost emailadresse mailadresse",
    "ADDR": "adresse direccion indirizzo endereco adres electronique electronico",
    "CHURN": "abgewandert abwanderung attrition abandono churn",
    "FLAG": "ja nein oui non si",
    "TENURE": (
        "antig ancien kundentreue anciennete antiguedad anzianita antiguidade betriebszugehorigkeit kundendauer"
    ),
    "RELATION": "kundenbeziehung relation vertrags abonnement abo contrat beziehung",
    "OTHER": (
        "strasse ort stadt plz telefon mobil handy steuer ust mwst bemerkung bemerkungen notiz notizen betreuer "
        "vertrieb "
        "quelle grund ruckerstattung mahnung geburtsdatum nachste naechste verlangerung verlaengerung "
        "testphase probe "
        "ville rue code postal telephone portable tva remarque remarques commentaire commentaires responsable "
        "commercial "
        "origine motif remboursement naissance prochaine prochain renouvellement essai relance ciudad calle "
        "telefono iva "
        "observaciones notas comentario responsable vendedor origen motivo reembolso nacimiento proximo proxima "
        "renovacion prueba citta via note venditore provenienza rimborso nascita prossimo prossima rinnovo prova "
        "cidade "
        "rua observacao reembolso nascimento plaats straat telefoon btw opmerking opmerkingen verkoper reden "
        "verlenging "
        "ansprechpartner"
    ),
}
"""Words of six languages, and some of Polish and Swedish, by their sense."""
