"""The field's words in Swedish, Danish, Norwegian, Polish and Czech by their sense, as reviewed data (field usage).

As `names.compact` leaves them: accents are off, but ø, æ and ł are letters of their own and stand in both spellings.
"""

NORTHERN: dict[str, str] = {
    "CUSTOMER": (
        "kunder kundens medlem medlems medlemmar medlemmer prenumerant prenumerants abonnent abonnents elev elever "
        "deltagare deltager deltagers deltagares forsikringstager lejer klienci klientow abonenta abonent abonenci "
        "subskrybent czlonek członek czlonka członka uczestnik uczestnika zakaznik zakaznika clen clena odberatel"
    ),
    "ORG": (
        "foretag foretags företag bolag virksomhed virksomheds virksomhet bedrift forening klubb klubben firmy "
        "firme spolka spółka spolki organizacja organizacji klub klubu spolecnost spolecnosti"
    ),
    "ACCOUNT": "konta anvandare bruger brugers bruker brukers uzytkownik użytkownik uzytkownika użytkownika ucet",
    "PERSON": "kontaktperson kontaktpersons osoba osoby",
    "SUBSCRIPTION": (
        "abonnemang abonnemangs medlemskab medlemskabs medlemskaps prenumerations abonnementer umowa umowy umow "
        "umów subskrypcja subskrypcji czlonkostwo członkostwo czlonkostwa członkostwa karnet karnetu predplatne "
        "clenstvi"
    ),
    "USERS": "anvandare brugere brukere uzytkownicy użytkownicy uzytkownikow użytkowników użytkownikow uzivatele",
    "NUMBER": "nr nummer numer numeru cislo",
    "ID": "identyfikator kod",
    "NAME": "benamning betegnelse navnet nazwa jmeno nazev",
    "FIRSTNAME": "fornamn fornavn imie imię jmeno",
    "LASTNAME": "efternamn efternavn etternavn nazwisko prijmeni",
    "DATE": "datum dato data date daty dne",
    "MONTHS": "manader maneder maned manad man mdr miesiace miesiecy miesiac mies mesice mesicu",
    "DAYS": "dagar dage dager dgr dni dzien dnow",
    "YEARS": "ar år lat lata rok roku let",
    "WEEKS": "veckor vecka uger uge uker uke tygodnie tygodni tydzien",
    "MONTHLY": (
        "manads manad manatlig manatliga manadsvis maneds maned manedlig manedlige mnd mdl miesieczny miesieczna "
        "miesieczne miesiecznie mies mesicni mesicne"
    ),
    "PER": "per pr under senaste sista siste sidste ostatnich ostatnie za poslednich",
    "WINDOW": "dagar dage dager dgr manaden maneden dni dnow miesiac manad maned 30",
    "CURRENT": (
        "nuvarande aktuell aktuellt gaeldende gjeldende aktualny aktualna obecny obecna aktualni netto brutto inkl "
        "exkl ekskl moms mva"
    ),
    "SINCE": "sedan siden fran fra od",
    "AGO": "sedan siden temu",
    "LAST": (
        "senaste senast sidste sidst siste sist sista seneste ostatni ostatnia ostatnie ostatniego ostatniej posledni"
    ),
    "BEGIN": (
        "registrering registrerad registreringsdato registreret registrert inskriven inskrivning intrade intrades "
        "tilmeldt tilmelding tilmeldings innmeldt innmelding innmeldings indmeldt indmeldelses medlemskab "
        "anslutnings tecknad tecknades teckning przystapienia przystąpienia przystapienie przystąpienie podpisania "
        "podpisanie zawarcia zawarcie podpisu registrace zapisu zapisania dolaczenia dołączenia uruchomienia vstupu"
    ),
    "STARTED": (
        "startar startade startet pabegyndt oppstart rozpoczecie rozpoczęcia rozpoczecia start zacatek zahajeni"
    ),
    "CREATED": (
        "skapad skapat skapades oprettet opprettet utworzenia utworzono utworzony dodania dodano zalozenia "
        "założenia vytvoreni vytvoreno"
    ),
    "FIRST": "forsta første forste pierwsza pierwszy pierwszej pierwszego prvni",
    "END": (
        "uppsagning uppsagnings uppsagt uppsagda avslut avsluts avslutades avslutning avbruten avbestalld utmeldt "
        "utmelding utmeldings udmeldt udmeldelse udmeldelses opsigelse opsigelses oppsigelse oppsigelses oppsagt "
        "rozwiazania rozwiązania rozwiazana rozwiązana rozwiazano rozwiązano rozwiazanie zakonczenia zakończenia "
        "zakonczono zakończono wypowiedziana wypowiedziano odejscia odejścia odejscie odszedl ukonceni zruseni "
        "vypovedi"
    ),
    "ENDED": (
        "slut slutar utgang utgar utlop utloper utlob utlober udlob udlober koniec konca końca konec wygasa "
        "wygasniecia wygaśnięcia wygasniecie"
    ),
    "ACCESS": (
        "inloggning inloggad inloggningen besok besøk besog besøg aktivitet innlogging innlogget logowanie "
        "logowania wizyta wizyty wizyt odwiedziny odwiedzin aktywnosc aktywnosci prihlaseni navsteva navstevy "
        "traning trening treningu incheckning"
    ),
    "SESSION": "besok besøk besog besøg wizyt wizyty odwiedzin navstev pass treningow incheckningar",
    "LOGIN": "inloggningar innlogginger logowan logowań logowania prihlaseni",
    "INACTIVE": "nieaktywny nieaktywna bezczynnosci neaktivni",
    "COUNT": "antal antall liczba ilosc ilość pocet",
    "MONEY": (
        "avgiften avgifter avgift belopp belob beløb belop beløp pris priset prisen kostnad omsattning omsaetning "
        "omsetning intakt intakter inntekt inntekter indtaegt betalning betaling betalt inbetalt indbetalt "
        "kontingent gebyr ydelse oplata opłata oplaty opłaty kwota kwoty cena ceny abonament abonamentu przychod "
        "przychód przychody skladka składka wplat wpłat wplaty wpłaty wplata wpłata zaplacono zapłacono naleznosc "
        "należność platba castka poplatek fakturerat faktureret fakturert zafakturowano"
    ),
    "RECURRING": "aterkommande lopande tilbagevendende abonamentowa abonamentowy",
    "TOTAL": "totalt totala total sammanlagt samlet suma łacznie lacznie łącznie razem laczna łaczna celkem celkova",
    "LIFETIME": "livstid hittills",
    "PLAN": (
        "abonnemang abonnemangstyp medlemskap medlemskab medlemstyp abonament abonamentu pakiet pakietu taryfa "
        "taryfy karnet tarif"
    ),
    "PRODUCT": "produkten vara usluga usługa uslugi usługi sluzba",
    "KIND": "typ typu type slags form rodzaj rodzaju druh typen",
    "CONTRACT": (
        "avtal avtals kontrakt kontrakts bindnings bindning aftale aftalens avtale umowa umowy smlouva smlouvy"
    ),
    "BILLING": (
        "fakturerings fakturering betalnings faktura betalings rozliczeniowy rozliczenia rozliczen platnosci "
        "płatnosci płatności fakturowania fakturacni avgifts medlemsavgifts"
    ),
    "INTERVAL": (
        "intervall perioden periode period frekvens termin okres okresu czestotliwosc częstotliwość cykl cyklu "
        "interval obdobi frekvence"
    ),
    "TERM": "tid tidens lopetid løpetid bindningstid bindingstid okres czas trwania dlugosc doba",
    "PAY": (
        "betalnings betalning betal betaling betalings platnosci płatnosci płatności platnosc płatność zaplaty "
        "zapłaty platba platby"
    ),
    "METHOD": "satt sätt metod mate måte metode mede form forma formy sposob sposób metoda metody zpusob",
    "SEAT": "licenser licens lisenser lisens licencje licencji licencja licence",
    "USED": "aktiva anvanda brukte brugte aktywni aktywnych wykorzystane uzyte aktivni",
    "USAGE": "anvandning brug bruk uzycie użycie korzystanie vyuziti",
    "SUPPORT": "kundtjanst kundeservice support serwisowe serwisowych serwis serwisu obsluga obsługi podpora",
    "TICKET": (
        "arenden arende supportarenden sager saker henvendelser zgloszenia zgłoszenia zgloszen zgłoszeń zgłoszen "
        "zgloszenie tikety pozadavky"
    ),
    "FAILED": "misslyckade misslyckad mislykkede mislykte nieudane nieudanych neuspesne",
    "PAYMENT": "betalningar betalinger platnosci płatnosci wplaty płatności platby",
    "DISCOUNT": "rabatten rabat rabaty znizka zniżka znizki upust sleva",
    "PERCENT": "procent prosent",
    "EMPLOYEE": (
        "medarbejdere medarbetare ansatte anstallda pracownicy pracowników pracownikow zatrudnionych zamestnanci "
        "zamestnancu"
    ),
    "SIZE": "storlek storrelse størrelse wielkosc wielkość rozmiar velikost",
    "INDUSTRY": "bransch branschen bransje branche branza branża branze odvetvi obor",
    "COUNTRY": "land landkod kraj kraju zeme stat",
    "STATUS": "tillstand tilstand stan stanu stav",
    "EMAIL": "epost epostadress mejl mail mailadresse epostadresse adresemail",
    "ADDR": "adress adresse adres adresu adresa",
    "CHURN": "churnad",
    "FLAG": "ja nej nei tak nie ano",
    "TENURE": "staz staż stazu",
    "AGE": "alder ålder",
    "OTHER": (
        "telefonnummer mobilnummer personnummer adress gatuadress postnummer postort ort kommentar anteckning "
        "anteckningar noteringar uwagi notatki notatka telefonu miasto ulica pesel nip regon opiekun handlowiec "
        "powod powód przyczyna orsak fodelsedatum fødselsdato urodzenia nasta neste naste nastepna nastepny "
        "nastepnej kolejna fornyelse fornyas przedluzenia provperiod prøveperiode probny probna okresprobny "
        "zaleglosc zaległość skuld poznamka mesto"
    ),
}
"""Words of the northern languages by their sense."""
