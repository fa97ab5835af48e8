using System.Text;
using NewsHub.Core.Rates;

namespace NewsHub.Core.Tests.Rates;

/// <summary>What the publishers send, in their own forms. Over real HTTP: the tests of the web.</summary>
public sealed class RateSourceTests
{
    internal const string Ecb = """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        	<gesmes:subject>Reference rates</gesmes:subject>
        	<gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
        	<Cube>
        		<Cube time='2025-07-01'>
        			<Cube currency='USD' rate='1.1810'/>
        			<Cube currency='JPY' rate='169.45'/>
        			<Cube currency='GBP' rate='0.85860'/>
        			<Cube currency='CHF' rate='0.9345'/>
        		</Cube>
        	</Cube>
        </gesmes:Envelope>
        """;

    internal const string Cbn = """
        [{"id":71201,"currency":"US DOLLAR","ratedate":"2025-07-01",
          "buyingrate":"1529.8800","centralrate":"1530.3800","sellingrate":"1530.8800"},
         {"id":71202,"currency":"POUNDS STERLING ","ratedate":"2025-07-01",
          "buyingrate":"2101.1","centralrate":"2101.8","sellingrate":"2102.5"},
         {"id":71203,"currency":"WAUA","ratedate":"2025-07-01","buyingrate":"2190","centralrate":"2191","sellingrate":"2192"},
         {"id":71190,"currency":"US DOLLAR","ratedate":"2025-06-30","buyingrate":"1531.1","centralrate":"1531.6","sellingrate":"1532.1"},
         {"id":71191,"currency":"EURO","ratedate":"2025-06-30","buyingrate":"","centralrate":"","sellingrate":""},
         {"id":2,"currency":"US DOLLAR","ratedate":"2001-12-10","buyingrate":"112.9","centralrate":"113.4","sellingrate":"113.9"}]
        """;

    internal const string OpenEr = """
        {"result":"success","provider":"https://www.exchangerate-api.com",
         "documentation":"https://www.exchangerate-api.com/docs/free","terms_of_use":"https://www.exchangerate-api.com/terms",
         "time_last_update_unix":1751328151,"time_last_update_utc":"Tue, 01 Jul 2025 00:02:31 +0000",
         "time_next_update_unix":1751415781,"time_next_update_utc":"Wed, 02 Jul 2025 00:23:01 +0000","time_eol_unix":0,
         "base_code":"USD","rates":{"USD":1,"AED":3.6725,"EUR":0.848412,"GBP":0.728104,"JPY":143.982133,"NGN":1537.771052,"FOK":6.331}}
        """;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void The_European_Central_Banks_sheet_is_against_the_euro()
    {
        var sheet = EcbSource.Read(Bytes(Ecb));
        Assert.Equal(("EUR", false, 4), (sheet.Base, sheet.IsInverse, sheet.Figures.Count));
        Assert.Equal(new RateFigure(new DateOnly(2025, 7, 1), "GBP", "0.85860"), sheet.Figures[2]);
    }

    [Fact]
    public void The_Central_Bank_of_Nigerias_list_gives_naira_for_one_and_names_currencies_in_words()
    {
        var sheet = CbnSource.Read(Bytes(Cbn));
        Assert.Equal(("NGN", true), (sheet.Base, sheet.IsInverse));
        // The day of 2001 is left, and so are what has no code and what has no rate.
        Assert.Equal(["USD 1530.3800", "GBP 2101.8", "USD 1531.6"], sheet.Figures.Select(f => $"{f.Code} {f.Text}"));
    }

    [Fact]
    public void ExchangeRate_APIs_sheet_has_its_day_in_seconds()
    {
        var sheet = OpenErSource.Read(Bytes(OpenEr));
        Assert.Equal(
            ("USD", false, 7, new DateOnly(2025, 7, 1)), (sheet.Base, sheet.IsInverse, sheet.Figures.Count, sheet.Figures[0].Date));
    }

    [Theory]
    [InlineData("", "that can be read")]
    [InlineData("<html><body>Service unavailable</body></html>", "has no rates in it")]
    [InlineData("<a><Cube time='yesterday'/></a>", "has the day 'yesterday'")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "that can be read")]
    [InlineData("<a><Cube time='2025-07-01'><Cube currency='USD' rate='1.1'", "that can be read")]
    public void What_is_no_sheet_of_the_European_Central_Banks_is_said_to_be_none(string text, string words) =>
        Says(words, () => EcbSource.Read(Bytes(text)));

    [Theory]
    [InlineData("", "that can be read")]
    [InlineData("{\"error\":true}", "is no list")]
    [InlineData("[]", "has no rates in it")]
    [InlineData("[1,null,{\"currency\":5}]", "has no rates in it")]
    [InlineData("[{\"currency\":\"US DOLLAR\",\"ratedate\":\"1 July\",\"centralrate\":\"1530\"}]", "has the day '1 July'")]
    [InlineData("[{\"currency\":\"US DOLLAR\",\"ratedate\":\"2025-07-01\",\"centra", "that can be read")]
    public void What_is_no_list_of_the_Central_Bank_of_Nigerias_is_said_to_be_none(string text, string words) =>
        Says(words, () => CbnSource.Read(Bytes(text)));

    [Theory]
    [InlineData("", "that can be read")]
    [InlineData("[]", "is no sheet")]
    [InlineData("{\"result\":\"error\",\"error-type\":\"unsupported-code\"}", "refused: unsupported-code")]
    [InlineData("{\"result\":\"success\",\"base_code\":\"USD\",\"rates\":{}}", "lacks its day")]
    [InlineData(
        "{\"result\":\"success\",\"time_last_update_unix\":99999999999999,\"base_code\":\"USD\",\"rates\":{\"EUR\":1}}", "lacks its day")]
    [InlineData("{\"result\":\"success\",\"time_last_update_unix\":1751328151,\"base_code\":\"USD\",\"rates\":{}}", "has no rates in it")]
    public void What_is_no_sheet_of_ExchangeRate_APIs_is_said_to_be_none(string text, string words) =>
        Says(words, () => OpenErSource.Read(Bytes(text)));

    private static void Says(string words, Func<RateSheet> read) =>
        Assert.Contains(words, Assert.Throws<RateSourceException>(read).Message, StringComparison.Ordinal);
}
