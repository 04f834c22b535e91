using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Resort.Tests.Harness;
using Resort.Tests.Harness.Servers;
using static Microsoft.Playwright.Assertions;

namespace Resort.Tests.Browser;

/// <summary>Korean and English.</summary>
public sealed partial class LanguageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [ServerFact(BrowserFixture.Chromium)]
    public async Task The_language_is_the_readers_can_be_changed_in_place_and_stays()
    {
        var guest = await VisitAsync("book/jeju-ocean?nights=3", "ko");
        await Expect(guest.Page.Locator("h1")).ToHaveTextAsync("제주 오션");
        await Expect(guest.Page.Locator(".price .sum").Last).ToHaveTextAsync("780,000원");
        await guest.FillAsync(name: "이서연");
        await guest.Page.GetByLabel("계좌 이체").CheckAsync();
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(guest.Page.Locator("h1")).ToHaveTextAsync("Jeju Ocean");
        await Expect(guest.Page.Locator(".price .sum").Last).ToHaveTextAsync("₩780,000");
        await Expect(guest.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(guest.Page.Locator("#name")).ToHaveValueAsync("이서연");
        await Expect(guest.Page.GetByLabel("Bank transfer")).ToBeCheckedAsync();
        await guest.Page.ReloadAsync();
        await Expect(guest.Page.Locator("h1")).ToHaveTextAsync("Jeju Ocean");
    }

    [Fact]
    public void Each_text_is_there_in_both_languages_with_the_same_values()
    {
        var (korean, english) = (Texts("ko"), Texts("en"));
        korean.Keys.Should().BeEquivalentTo(english.Keys);
        foreach (var (key, text) in korean)
            Values(text).Should().BeSubsetOf(Values(english[key]), key);
    }

    [Fact]
    public void Each_text_that_a_module_asks_for_exists()
    {
        var asked = Directory.GetFiles(Repository.PathOf("services/View/wwwroot"), "*.js", SearchOption.AllDirectories).SelectMany(file => Asked().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);
        asked.Should().HaveCountGreaterThan(100).And.BeSubsetOf(Texts("en").Keys);
    }

    private static Dictionary<string, string> Texts(string language) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(Repository.PathOf($"services/View/wwwroot/texts/{language}.json")))!.ToDictionary(text => text.Key, text => text.Value.GetRawText());

    private static IEnumerable<string> Values(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"\bt\('([\w.-]+)'")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
