"""The field's words in Finnish, Turkish, Hungarian, Romanian, Russian, Japanese, Chinese and Korean by their sense.

Reviewed data (field usage), as they are written; the thesaurus takes accents off them as off headers.
"""

EASTERN: dict[str, str] = {
    "CUSTOMER": (
        "asiakas asiakkaan asiakkaat jäsen jäsenen tilaaja tilaajan müşteri müşterinin üye abone ügyfél tag "
        "előfizető client clientului abonat abonatului membru клиент клиента клиенты абонент абонента покупатель "
        "подписчик подписчика 顧客 お客様 会員 契約者 客户 用户 会员 고객 회원 가입자"
    ),
    "ACCOUNT": (
        "tili tilin hesap kullanıcı fiók utilizator счет лицевой аккаунт пользователь пользователя アカウント "
        "ユーザー 账户 账号 계정 사용자"
    ),
    "ORG": (
        "yritys yrityksen yhtiö şirket firma cég firmă companie compania компания компании организация организации "
        "фирма 会社 企業 公司 企业 회사 기업"
    ),
    "SUBSCRIPTION": (
        "tilaus tilauksen jäsenyys jäsenyyden abonelik üyelik előfizetés tagság abonament подписка подписки "
        "членство 契約 サブスクリプション 订阅 合约 구독 계약"
    ),
    "USERS": (
        "käyttäjät käyttäjää käyttäjien kullanıcılar felhasználók utilizatori пользователи пользователей "
        "ユーザー数 用户数 사용자수"
    ),
    "ID": "tunnus tunniste kod azonosító ид идентификатор код 番号 编号 번호 アイディー",
    "NUMBER": "numero numara numarası no szám szama număr nr номер № 番号 号码 번호",
    "NAME": (
        "nimi adı ad isim soyad unvan név neve nume numele имя название наименование фио 名 氏名 名前 名称 姓名 "
        "이름 성명 고객명 会社名 企業名 顧客名"
    ),
    "DATE": (
        "päivä päivämäärä pvm tarihi tarih dátum dátuma data de la дата день 日 日付 年月日 日期 时间 날짜 일자 일"
    ),
    "MONTHS": "kuukautta kuukaudet kk ay aylar hónap luni lună мес месяц месяцев месяцы ヶ月 か月 月 月数 个月 개월",
    "DAYS": "päivää päivät gün nap zile дней дни 日数 天 天数 일수",
    "YEARS": "vuotta vuodet yıl év ani лет год 年 年数 년",
    "MONTHLY": (
        "kuukausi kuukausittain kuukausittainen aylık havi lunar lunară lunara ежемесячный ежемесячная ежемесячно "
        "месяц месячная 月額 月次 毎月 月 每月 月度 월 월간 매월"
    ),
    "PER": "viimeiset viimeisen son az utolsó ultimele за последние в 過去 直近 过去 最近 지난 최근",
    "WINDOW": "30 päivää gün nap zile дней 日間 天 일",
    "SINCE": "alkaen lähtien beri óta din с から 以来",
    "LAST": (
        "viimeisin viimeinen viimeksi son utolsó ultima ultimul последний последнего последняя последнее 最終 最後 "
        "前回 最近 最后 마지막 최종"
    ),
    "BEGIN": (
        "liittymis liittymispäivä rekisteröinti rekisteröity kayıt katılım üyelik csatlakozás regisztráció "
        "înregistrare inregistrare aderare регистрации регистрация подключения подключение активации вступления "
        "登録 入会 加入 契約開始 申込 注册 开通 가입 등록"
    ),
    "STARTED": (
        "alku aloitus aloituspäivä alkupäivä alkamispäivä başlangıç kezdet kezdete inceput începere început начала "
        "начало 開始 利用開始 开始 시작"
    ),
    "CREATED": (
        "luotu luontipäivä oluşturulma oluşturma létrehozva létrehozás creat creare creării создан создания 作成 "
        "创建 생성"
    ),
    "END": (
        "irtisanomis irtisanottu irtisanominen peruutus peruttu peruutettu päättynyt iptal ayrılma lemondás "
        "felmondás megszűnés anulare reziliere anulat отключения отключение отмены отмена расторжения ухода отток "
        "解約 退会 取消 注销 退订 해지 탈퇴 취소"
    ),
    "ENDED": (
        "päättymis päättymispäivä loppupäivä bitiş sona vége lejárat sfârșit expirare sfarsit окончания окончание "
        "истечения конец 終了 満了 失効 到期 结束 만료 종료"
    ),
    "ACCESS": (
        "kirjautuminen kirjautunut käynti kirjautumisen giriş ziyaret bejelentkezés belépés látogatás "
        "autentificare conectare vizită vizita вход входа визит визита активность активности посещение ログイン "
        "利用 来店 登录 访问 로그인 접속 방문"
    ),
    "LOGIN": "kirjautumiset kirjautumista girişler bejelentkezések autentificări входов ログイン 登录 로그인",
    "SESSION": "käynnit käyntejä ziyaretler látogatások vizite визитов посещений 来店 访问 방문",
    "COUNT": (
        "määrä lukumäärä lkm sayısı sayı adet száma darab număr numar количество число кол 人数 数 件数 回数 数量 次数 "
        "수 건수 횟수"
    ),
    "MONEY": (
        "maksu hinta summa liikevaihto laskutus ücret ücreti tutar tutarı gelir bedel díj díja ár összeg bevétel "
        "suma preț pret tarif venit venituri plată плата оплата сумма стоимость цена выручка доход платеж 料金 "
        "金額 売上 費用 価格 支払額 費 费 金额 费用 收入 价格 요금 금액 매출 비용"
    ),
    "PRICEW": (
        "maksu hinta ücret ücreti tutar díj ár preț pret плата сумма стоимость цена 料金 金額 価格 金额 费用 价格 "
        "요금 금액"
    ),
    "RECURRING": "toistuva tekrarlayan ismétlődő recurent абонентская абонплата абон 定期 継続 经常性 정기",
    "TOTAL": (
        "yhteensä kokonais kokonaismaksut toplam összes összesen total totală всего общая общий итого суммарно "
        "合計 累計 総 总 累计 总计 총 누적 합계"
    ),
    "PLAN": (
        "liittymä liittymätyyppi paketti tilaustyyppi paket tarife csomag tarifa pachet abonament тариф тарифный "
        "пакет план プラン コース 套餐 方案 计划 요금제 플랜"
    ),
    "KIND": "tyyppi laji tip tipi türü típus típusa tipul тип вид 種別 種類 タイプ 类型 类别 유형 종류",
    "CONTRACT": (
        "sopimus sopimuksen sözleşme taahhüt szerződés contract contractului договор договора контракт контракта "
        "契約 合同 合约 계약 약정"
    ),
    "TERM": "kesto määräaika süresi süre időtartam hossz durata durată срок длительность 期間 期限 기간",
    "TENURE": "asiakkuus asiakkuuden asiakkuusaika стаж",
    "RELATION": "обслуживания asiakkuuden",
    "AGE": "срок kesto süresi",
    "BILLING": (
        "laskutus laskutuksen fatura faturalama ödeme számlázás számlázási facturare plată оплаты выставления "
        "платежа 請求 支払 课金 计费 账单 付款 청구 결제"
    ),
    "INTERVAL": (
        "väli jakso sıklığı dönemi döngüsü periyodu gyakoriság időszak frecvență frecventa perioadă период "
        "периодичность цикл частота サイクル 周期 間隔 频率 주기"
    ),
    "PAY": (
        "maksu maksun ödeme fizetés fizetési plată plata оплаты платежа 支払 支払い お支払い 決済 支付 付款 결제 "
        "납부 지불"
    ),
    "METHOD": (
        "tapa yöntemi yöntem şekli mód módja metodă metoda modalitate способ метод форма 方法 方式 手段 방법 수단"
    ),
    "SEAT": (
        "lisenssit lisenssi lisenssien lisans lisanslar licenc licencek licențe licente лицензии лицензий "
        "ライセンス シート 席 许可 许可证 席位 라이선스 좌석"
    ),
    "USED": "aktiiviset käytössä aktif aktív activi активных активные アクティブ 有効 活跃 활성",
    "SUPPORT": (
        "tuki tukipyynnöt asiakaspalvelu destek támogatás suport asistență поддержку поддержки поддержка サポート "
        "支持 客服 지원 고객지원"
    ),
    "TICKET": (
        "tukipyynnöt tiketit talepleri talep talebi jegyek bejelentések tichete sesizări обращения обращений "
        "тикеты заявки заявок жалобы 問い合わせ お問い合わせ チケット 工单 咨询 问题 문의 티켓"
    ),
    "FAILED": (
        "epäonnistuneet başarısız sikertelen eșuate esuate неудачных неудачные просроченных 失敗 未払 延滞 失败 "
        "逾期 실패 연체"
    ),
    "PAYMENT": "maksut ödemeler fizetések plăți plati платежей платежи 支払 決済 付款 支付 결제",
    "DISCOUNT": "alennus indirim kedvezmény reducere скидка скидки 割引 値引 折扣 할인",
    "PERCENT": "prosentti yüzde oranı százalék procent процент 率 比例 율",
    "EMPLOYEE": (
        "työntekijät henkilöstö henkilöstömäärä çalışan çalışanlar alkalmazottak dolgozók angajați angajati "
        "сотрудников сотрудники персонала 従業員 社員 员工 직원"
    ),
    "SIZE": "koko büyüklüğü méret mérete mărime marime размер 規模 规模 규모",
    "INDUSTRY": "toimiala sektör sektörü iparág ágazat industrie domeniu отрасль отрасли 業種 業界 行业 업종 산업",
    "COUNTRY": "maa ülke ország tara țară страна 国 国家 国籍 국가 나라",
    "STATUS": "tila durum durumu állapot státusz stare starea статус состояние ステータス 状態 状況 状态 상태",
    "EMAIL": (
        "sähköposti sähköpostiosoite eposta posta почта почты email мейл メール メールアドレス 邮箱 邮件 电子邮件 "
        "이메일 메일"
    ),
    "ADDR": "osoite adresi cím címe adresă adresa адрес эл электронная электронной アドレス 地址 주소",
    "CHURN": "poistunut lemorzsolódás отток ушел 離反 流失 이탈",
    "OTHER": (
        "puhelin puhelinnumero osoite postinumero kaupunki syntymäaika huomautus muistiinpanot seuraava uusinta "
        "telefon adres şehir doğum notlar sonraki yenileme cím város születési megjegyzés következő megújítás oraș "
        "adresa nastere observații următoarea телефон адрес город рождения примечание комментарий следующий "
        "следующая продления 電話 電話番号 住所 都道府県 生年月日 備考 次回 更新 担当 担当者 年齢 性別 电话 地址 "
        "城市 生日 备注 下次 续费 负责人 전화 주소 생년월일 비고 다음 갱신 담당자"
    ),
}
"""Words of these languages by their sense."""
