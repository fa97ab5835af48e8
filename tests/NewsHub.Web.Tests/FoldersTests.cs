using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NewsHub.Core.Store;

namespace NewsHub.Web.Tests;

/// <summary>Which folder may import which: an arrow that is not in these lists is a decision to be made, not one that happens.</summary>
public sealed class FoldersTests
{
    /// <summary>From the lowest to the highest. Store knows every entity, and every folder may ask it.</summary>
    private static readonly Dictionary<string, string> Core = new()
    {
        ["Text"] = "",
        ["Events"] = "",
        ["Settings"] = "Text Events",
        ["Media"] = "Events",
        ["Mail"] = "Text",
        ["Rates"] = "Events Settings",
        ["Stories/Body"] = "Media Rates",
        ["Stories"] = "Text Events Settings Media Stories/Body",
        ["Planning"] = "Text Events",
        ["Staff"] = "Events Settings Media Stories Planning",
        ["Notifications"] = "Text Events Stories Planning Staff",
        ["Engagement"] = "Events Stories",
        ["Editions"] = "Text Events Media Stories/Body Stories",
        ["Search"] = "Text Events Media Stories",
        ["Webhooks"] = "Events",
        ["Pictures"] = "Text Events Settings Media Stories/Body Stories Editions",
        ["Reading"] = "Text Events Settings Media Rates Stories/Body Stories Engagement Editions Search",
        ["Audience"] = "Events Stories Editions Reading",
        ["Editing"] = "Text Events Settings Media Stories/Body Stories Planning Staff Editions Reading",
        ["Publishing"] = "Text Events Settings Rates Stories/Body Stories Editions Search Editing",
        ["Newsletters"] = "Text Events Settings Media Mail Stories Editions Reading",
        ["Transfer"] = "Text Events Settings Media Rates Stories/Body Stories Editions Pictures Publishing",
    };

    /// <summary>
    /// From the lowest to the highest; the rooms of the newsroom's pages count as one. Setup puts everything
    /// together, and Commands starts it.
    /// </summary>
    private static readonly Dictionary<string, string> Web = new()
    {
        ["Options"] = "",
        ["Http"] = "",
        ["Localization"] = "Options Http",
        ["Outbound"] = "Options",
        ["RateLimiting"] = "Options Http",
        ["PageCache"] = "Options Http Localization",
        ["Assets"] = "Options PageCache",
        ["Live"] = "Options Http Localization RateLimiting PageCache",
        ["Followers"] = "PageCache Live",
        ["Feeds"] = "Options Http Localization PageCache Assets Followers",
        ["Api"] = "Options Http Localization RateLimiting PageCache",
        ["Webhooks"] = "Options Outbound Api",
        ["Pages"] = "Options Http Localization RateLimiting PageCache Assets Live Feeds Api",
        ["Areas/Admin/Shared"] = "Http Live",
        ["Areas/Admin/SignIn"] = "Options Http RateLimiting Areas/Admin/Shared",
        ["Jobs"] = "Options Localization Outbound Live Followers Feeds Webhooks Areas/Admin/SignIn",
        ["Mail"] = "Options Followers Jobs",
        ["Endpoints"] = "Options Http Localization RateLimiting PageCache Assets Live Api Pages Jobs",
        ["Areas/Admin/Pages"] = "Options Http Localization Outbound RateLimiting PageCache Assets Live Webhooks Pages "
            + "Areas/Admin/Shared Areas/Admin/SignIn Jobs",
        ["Setup"] = "Options Http Localization Outbound RateLimiting PageCache Assets Live Mail Followers Feeds Api Webhooks Pages "
            + "Areas/Admin/Shared Areas/Admin/SignIn Jobs Endpoints Areas/Admin/Pages",
        ["Commands"] = "Areas/Admin/SignIn Setup",
    };

    private const string Everybodys = "Store";

    /// <summary>Folders that count with all that is below them.</summary>
    private static readonly string[] Wholes = [Everybodys, "Pages", "Areas/Admin/Pages"];

    [Fact]
    public void Folders_of_Core_import_only_what_is_below_them() => Holds(typeof(NewsDb).Assembly, Core);

    [Fact]
    public void Folders_of_Web_import_only_what_is_below_them() => Holds(typeof(Program).Assembly, Web);

    [Fact]
    public void Neither_list_has_a_cycle() => Assert.Empty(Upward(Core).Concat(Upward(Web)));

    private static void Holds(Assembly assembly, Dictionary<string, string> allowed)
    {
        var found = Arrows(assembly).Where(a => a.From != Everybodys && a.To != Everybodys)
            .ToLookup(a => (a.From, a.To), a => a.Type);
        var known = allowed.SelectMany(f => Names(f.Value), (f, to) => (f.Key, to)).ToHashSet();
        var faults = found.Where(a => !known.Contains(a.Key))
            .Select(a =>
                $"{a.Key.From} imports {a.Key.To} (in {string.Join(", ", a.Distinct().Take(3))}), which its list in {nameof(FoldersTests)} "
                + "does not allow. Move the type to the folder that it belongs to, or make the arrow a decision by adding it.")
            .Concat(
                known.Where(a => !found.Contains(a)).Select(a => $"{a.Key} imports nothing of {a.to} any more: take it out of its list."));
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }

    /// <summary>Arrows to a folder that stands further down in the list, or nowhere.</summary>
    private static IEnumerable<string> Upward(Dictionary<string, string> allowed)
    {
        var order = allowed.Keys.ToList();
        return from folder in allowed
               from to in Names(folder.Value)
               where order.IndexOf(to) is var at && (at < 0 || at >= order.IndexOf(folder.Key))
               select $"{folder.Key} imports {to}, which is not below it.";
    }

    private static string[] Names(string folders) => folders.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every mention of a type of another folder, in signatures and in code.</summary>
    private static IEnumerable<(string From, string To, string Type)> Arrows(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        var root = assembly.GetName().Name!;
        return [.. from type in module.GetTypes()
                   where type.Module == module && FolderOf(type, root) is not null
                   from mentioned in Mentions(type)
                   where mentioned.Scope == module
                   let to = FolderOf(mentioned, root)
                   where to is not null && to != FolderOf(type, root)
                   select (FolderOf(type, root)!, to, Outermost(type).Name)];
    }

    /// <summary>A namespace is a folder: <c>NewsHub.Core.Stories.Body</c> is <c>Stories/Body</c>.</summary>
    private static string? FolderOf(TypeReference type, string root)
    {
        if (Outermost(type).Namespace is not { } name || !name.StartsWith(root + ".", StringComparison.Ordinal)) return null;
        var folder = name[(root.Length + 1)..].Replace('.', '/');
        return Wholes.FirstOrDefault(whole => folder.StartsWith(whole + "/", StringComparison.Ordinal)) ?? folder;
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> Mentions(TypeDefinition type)
    {
        var attributes = type.CustomAttributes.Concat(type.Properties.SelectMany(p => p.CustomAttributes))
            .Concat(type.Methods.SelectMany(m => m.CustomAttributes)).Select(a => a.AttributeType);
        var members = type.Fields.Select(f => f.FieldType)
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Concat(type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(type.Methods.Where(m => m.HasBody).SelectMany(m => InBody(m.Body)));
        return attributes.Concat(members).Append(type.BaseType).Where(t => t is not null).SelectMany(Parts);
    }

    private static IEnumerable<TypeReference> InBody(Mono.Cecil.Cil.MethodBody body) =>
        body.Variables.Select(v => v.VariableType).Concat(body.Instructions.SelectMany(i => i.Operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod method => method.GenericArguments.Append(method.DeclaringType),
            MemberReference member => [member.DeclaringType],
            _ => Enumerable.Empty<TypeReference>(),
        }));

    /// <summary>Of <c>List&lt;Story&gt;[]</c> both <c>List</c> and <c>Story</c>.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification { ElementType: { } element } => Parts(element),
        _ => [type],
    };
}
